namespace Contacts.Core.Tracking;

/// <summary>A page view on its way to the database: cleaned, and its browser known by key alone.</summary>
public sealed record PendingPageView(long AccountId, string VisitorKey, string Url, string Title, string? Referrer, DateTime At);
