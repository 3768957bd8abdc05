namespace Contacts.Core.Tracking;

/// <summary>What the script of a site says about one page: nothing of it is trusted.</summary>
/// <param name="Site">The account's address in URLs.</param>
/// <param name="VisitorKey">The browser's key; the script has one only after consent.</param>
public sealed record PageViewReport(string? Site, string? VisitorKey, string? Url, string? Title, string? Referrer)
{
    /// <summary>The page was looked at so long, and no page was opened.</summary>
    public double? Seconds { get; init; }

    /// <summary>The visitor answered <c>granted</c> or took that back; without a title no page was opened with it.</summary>
    public string? Choice { get; init; }

    /// <summary>Which wording was answered.</summary>
    public string? Wording { get; init; }
}

/// <summary>What a request tells of who sent a report.</summary>
/// <param name="Origin">Of the page that sent it, as browsers add it; null where it is no browser.</param>
/// <param name="Objects">By Global Privacy Control.</param>
/// <param name="IsBot">A program, as far as it can be told.</param>
/// <param name="Network">The shortened IP address.</param>
public sealed record ReportSender(string? Origin = null, bool Objects = false, bool IsBot = false, DeviceClass Device = DeviceClass.Unknown, string? Network = null)
{
    /// <summary>The host that the report was sent to: our own pages for guests report as well.</summary>
    public string? OwnHost { get; init; }
}

/// <summary>What became of a report.</summary>
public enum Reception
{
    /// <summary>It is written.</summary>
    Taken,

    /// <summary>Nothing of it is kept, as the visitor or the account wants it.</summary>
    Ignored,

    /// <summary>There was no room for it, or the database was away; a later one may have luck.</summary>
    Full,
}

/// <summary>The side door for page views: checked, cleaned, queued and written with others. A page view never makes a contact.</summary>
public sealed class PageViewDesk(KnownSites sites, PageViewQueue queue, PageViewTally tally, TimeProvider clock)
{
    private static readonly double LongestDay = TimeSpan.FromDays(1).TotalSeconds;

    /// <summary>Queues the report and returns once it is written: what was taken survives a crash.</summary>
    /// <exception cref="RuleException">At <c>s</c>, <c>v</c>, <c>u</c>, <c>d</c> or <c>c</c>, the names the script sends; or no such site; or none that may send it.</exception>
    public async Task<Reception> ReceiveAsync(PageViewReport report, ReportSender sender, CancellationToken cancel = default)
    {
        if (await AdmitAsync(report, sender, cancel) is not { } site) return Reception.Ignored;
        var pending = Pending(site, report, sender);
        if (pending is null) return Reception.Ignored;
        if (await queue.AddAsync(pending)) return Reception.Taken;
        tally.Count(ViewRefusal.Full, site.AccountId);
        return Reception.Full;
    }

    /// <summary>The site a report is of; null where nothing may be kept of it.</summary>
    /// <exception cref="RuleException">As <see cref="ReceiveAsync"/> has them.</exception>
    public async Task<KnownSite?> AdmitAsync(PageViewReport report, ReportSender sender, CancellationToken cancel = default)
    {
        if (string.IsNullOrEmpty(report.Site)) throw Broken(null, "Say which site this is.", "s");
        if (await sites.FindAsync(report.Site, cancel) is not { } site)
        {
            tally.Count(ViewRefusal.UnknownSite);
            throw new RuleException("Not found.", refusal: Refusal.NotFound);
        }
        if (sender.Objects || site.Rules.Mode == TrackingMode.Off)
        {
            tally.Count(sender.Objects ? ViewRefusal.Objected : ViewRefusal.SwitchedOff, site.AccountId);
            return null;
        }
        if (site.Rules.Mode == TrackingMode.Ask && !Visitor.IsKey(report.VisitorKey)) throw Broken(site, "A visitor is 32 hexadecimal digits in small letters.", "v");
        if (PageAddress.Host(report.Url) is not { } host) throw Broken(site, "A page has an http or https address.", "u");
        if ((!site.Rules.Knows(host) && !host.Equals(sender.OwnHost, StringComparison.OrdinalIgnoreCase)) || (sender.Origin is { } origin && PageAddress.Host(origin) != host))
        {
            tally.Count(ViewRefusal.ForeignOrigin, site.AccountId);
            throw new RuleException("This page may not report here.", "u", Refusal.NotAllowed);
        }
        return site;
    }

    private PendingReport? Pending(KnownSite site, PageViewReport report, ReportSender sender)
    {
        var (now, rules) = (clock.GetUtcNow().UtcDateTime, site.Rules);
        var url = PageAddress.Clean(report.Url, rules.QueryNames) ?? throw Broken(site, "A page has an http or https address.", "u");
        // Where pages are only counted, an id that an older page still sends is forgotten here.
        var key = rules.Mode == TrackingMode.Ask ? report.VisitorKey : null;
        if (report.Seconds is { } seconds)
        {
            if (!(seconds >= 0 && seconds <= LongestDay)) throw Refused(site, ViewRefusal.ImpossibleTime, "A page is looked at for at most a day.", "d");
            return key is null ? null : new PendingTime(site.AccountId, key, url, (int)seconds, now);
        }
        PendingConsent? answer = null;
        if (report.Choice is { } choice)
        {
            if (choice is not ("granted" or "denied")) throw Broken(site, "The answer is granted or denied.", "c");
            if (report.Wording is not { Length: > 0 and <= ConsentRecord.MaxWordingLength } wording || !wording.All(char.IsAsciiLetterOrDigit)) throw Broken(site, "Say which wording was answered.", "w");
            answer = key is null ? null : new PendingConsent(site.AccountId, key, choice == "granted", wording, Visitor.WithoutQuery(url), sender.Network, now);
            if (report.Title is null) return answer;
        }
        return new PendingPageView(site.AccountId, key, url, PageAddress.Title(report.Title), PageAddress.Origin(report.Referrer), now) { IsBot = sender.IsBot, Device = sender.Device, Answer = answer };
    }

    private RuleException Broken(KnownSite? site, string message, string param) => Refused(site, ViewRefusal.Broken, message, param);

    private RuleException Refused(KnownSite? site, ViewRefusal reason, string message, string param)
    {
        tally.Count(reason, site?.AccountId ?? PageViewTally.Nobody);
        return new RuleException(message, param);
    }
}
