namespace Contacts.Bench;

/// <summary>How much there is: contacts in all, entries and page views for each on average.</summary>
internal sealed record BenchSize(int Contacts, int Entries, int PageViews)
{
    /// <summary>The sizes of the accounts: one large, one a tenth, and small ones of a thousandth, but of ten at least.</summary>
    public IReadOnlyList<int> Accounts
    {
        get
        {
            var (large, middle) = (Contacts * 8 / 10, Contacts / 10);
            var small = Math.Max(10, Contacts / 1000);
            return [large, middle, .. Enumerable.Repeat(small, (Contacts - large - middle) / small)];
        }
    }
}
