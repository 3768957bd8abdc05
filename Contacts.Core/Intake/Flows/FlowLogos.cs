using Contacts.Core.Data;
using Contacts.Core.Files;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Intake.Flows;

/// <summary>The pictures on forms' and chatbots' pages, for guests. The account comes from the page's own address.</summary>
public sealed class FlowLogos(AccountDbs dbs, FileStore files)
{
    /// <summary>The picture of the flow at an address, and its bytes; null where there is none.</summary>
    public async Task<(StoredFile File, Stream Content)?> OpenAsync(string accountSlug, FlowKind kind, string flowSlug, CancellationToken cancel = default)
    {
        await using var search = dbs.OpenBeforeAccount();
        if (await search.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Slug == accountSlug, cancel) is not { } account) return null;

        await using var db = dbs.Open(account.Id);
        var logo = await db.Flows.Where(f => f.Kind == kind && f.Slug == flowSlug && f.ArchivedAt == null && f.Published != null).Select(f => f.LogoFileId).SingleOrDefaultAsync(cancel);
        return logo is { } id ? await files.OpenAsync(db, id, cancel) : null;
    }
}
