using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data.MadeUp;
using Contacts.Core.Fields;
using Contacts.Core.Files;
using Contacts.Core.Intake;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Mail;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Core.People.Lists;
using Contacts.Core.People.Merging;
using Contacts.Core.People.Views;
using Contacts.Core.Statuses;
using Contacts.Core.Tracking;
using Contacts.Core.Webhooks;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.Data;

/// <summary>The database as seen from one account. Which provider is below is decided once, in <see cref="DataSetup"/>.</summary>
public abstract class ContactsDb(DbContextOptions options) : IdentityUserContext<AppUser, long>(options)
{
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<PasswordLink> PasswordLinks => Set<PasswordLink>();
    public DbSet<SetupLink> SetupLinks => Set<SetupLink>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<FieldDefinition> Fields => Set<FieldDefinition>();
    public DbSet<ContactStatus> Statuses => Set<ContactStatus>();
    public DbSet<Contact> Contacts => Set<Contact>();
    public DbSet<Identity> Identities => Set<Identity>();
    public DbSet<UniqueValue> UniqueValues => Set<UniqueValue>();
    public DbSet<PossibleDuplicate> PossibleDuplicates => Set<PossibleDuplicate>();
    public DbSet<ContactMerge> ContactMerges => Set<ContactMerge>();
    public DbSet<BulkRun> BulkRuns => Set<BulkRun>();
    public DbSet<BulkRow> BulkRows => Set<BulkRow>();
    public DbSet<MatchKey> MatchKeys => Set<MatchKey>();
    public DbSet<SharedKey> SharedKeys => Set<SharedKey>();
    public DbSet<BlockList> BlockLists => Set<BlockList>();
    public DbSet<BinnedIdentity> BinnedIdentities => Set<BinnedIdentity>();
    public DbSet<ErasedIdentity> ErasedIdentities => Set<ErasedIdentity>();
    public DbSet<ErasureKey> ErasureKeys => Set<ErasureKey>();
    public DbSet<IndexBuild> IndexBuilds => Set<IndexBuild>();
    public DbSet<StoredFile> Files => Set<StoredFile>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<DefaultView> DefaultViews => Set<DefaultView>();
    public DbSet<ActivityEntry> Entries => Set<ActivityEntry>();
    public DbSet<Visitor> Visitors => Set<Visitor>();
    public DbSet<PageView> PageViews => Set<PageView>();
    public DbSet<PageCount> PageCounts => Set<PageCount>();
    public DbSet<ConsentRecord> ConsentRecords => Set<ConsentRecord>();
    public DbSet<ConsentText> ConsentTexts => Set<ConsentText>();
    public DbSet<TrackingRules> TrackingRules => Set<TrackingRules>();
    public DbSet<TrackedSite> TrackedSites => Set<TrackedSite>();
    public DbSet<RefusalCount> RefusalCounts => Set<RefusalCount>();
    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();
    public DbSet<BookingCalendar> BookingCalendars => Set<BookingCalendar>();
    public DbSet<Booking> Bookings => Set<Booking>();
    public DbSet<TakenTime> TakenTimes => Set<TakenTime>();
    public DbSet<GuestLink> GuestLinks => Set<GuestLink>();
    public DbSet<BookingLink> BookingLinks => Set<BookingLink>();
    public DbSet<BookingAttempt> BookingAttempts => Set<BookingAttempt>();
    public DbSet<Flow> Flows => Set<Flow>();
    public DbSet<FlowVersion> FlowVersions => Set<FlowVersion>();
    public DbSet<FlowRun> FlowRuns => Set<FlowRun>();
    public DbSet<HostSchedule> HostSchedules => Set<HostSchedule>();
    public DbSet<BusyFeed> BusyFeeds => Set<BusyFeed>();
    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();
    public DbSet<OutgoingHook> OutgoingHooks => Set<OutgoingHook>();

    public DbSet<MadeUpRows> MadeUpRows => Set<MadeUpRows>();

    private static readonly CompiledList<long, int, long> Merged = new((db, id, _) => db.Contacts.Where(c => c.MergedIntoId == id).OrderBy(c => c.Id).Select(c => c.Id));

    /// <summary>The account whose rows this context sees; 0 before one is known, when it sees none.</summary>
    public long AccountId { get; private set; }

    /// <summary>Held for each save made outside the write gate (Identity's stores); null inside it.</summary>
    internal WriteGate? Gate { get; set; }

    /// <summary>Contexts are used again and again: nothing is left of whom this one served last.</summary>
    internal ContactsDb AsNew(WriteGate? gate)
    {
        (AccountId, Gate) = (0, gate);
        return this;
    }

    internal void EnterAccount(long accountId) => AccountId = accountId;

    /// <summary>Changes that commands of one's own made in this write; the gate tells of them after the commit.</summary>
    internal List<ContactChange> Announced { get; } = [];

    internal void Announce(IEnumerable<ContactChange> changes) => Announced.AddRange(changes);

    /// <summary>The contact and those merged into it: what they did, and what they are known by, is read together.</summary>
    public async Task<List<long>> FamilyAsync(long contactId, CancellationToken cancel = default) =>
        [contactId, .. await Merged.RunAsync(this, contactId, 0, cancel)];

    /// <summary>When each of those that were merged into one of these contacts was.</summary>
    internal async Task<Dictionary<long, DateTime>> MergedAtAsync(IReadOnlyCollection<long> contacts, CancellationToken cancel)
    {
        var merges = await ContactMerges.Where(m => m.UndoneAt == null && contacts.Contains(m.SurvivorId)).Select(m => new { m.At, m.Moved }).ToListAsync(cancel);
        return merges.SelectMany(m => m.Moved.Where(moved => moved.From is null), (m, moved) => (moved.Id, m.At)).ToDictionary(m => m.Id, m => m.At);
    }

    /// <summary>The merges into these contacts that were undone, by the survivor.</summary>
    internal async Task<ILookup<long, MergeTakenBack>> MergesTakenBackAsync(IReadOnlyCollection<long> contacts, CancellationToken cancel) =>
        (await ContactMerges.Where(m => m.UndoneAt != null && contacts.Contains(m.SurvivorId)).Select(m => new { m.SurvivorId, m.EntryNumber, m.UndoneAt }).ToListAsync(cancel))
            .ToLookup(m => m.SurvivorId, m => new MergeTakenBack(m.EntryNumber, m.UndoneAt!.Value));

    /// <summary>A violated unique index, or a reference to a row that is gone: somebody else made or removed it meanwhile.</summary>
    public abstract bool IsLostRace(Exception error);

    /// <summary>The database gave the transaction up because another one's crossed it: nothing is wrong with the work, which may run again.</summary>
    internal abstract bool IsGivenUp(Exception error);

    /// <summary>How lists of contacts are asked here.</summary>
    internal abstract ListSql Lists { get; }

    /// <summary>
    /// Keeps other nodes from changing these contacts until the transaction ends; what is read of them from then on stays true. For writing what
    /// follows from contacts, as their index, without changing them: nothing else would collide with somebody who does.
    /// </summary>
    internal abstract Task HoldContactsAsync(IQueryable<Contact> contacts);

    /// <summary>A transaction holds the only write lock: what it read stays true without rows being held.</summary>
    internal virtual bool WritesAlone => false;

    /// <summary>The database answers on the caller's own thread: to await each row would cost as much as to read it.</summary>
    internal virtual bool IsInProcess => false;

    /// <summary>A command of this transaction for many rows.</summary>
    /// <param name="columns">What its parameters are; without them each value says its type.</param>
    internal abstract PreparedRows PrepareRows(string sql, IReadOnlyList<BulkColumn>? columns = null);

    /// <summary>Numbers for rows that are about to be inserted in this transaction, rising.</summary>
    internal abstract Task<IReadOnlyList<long>> ReserveIdsAsync(string table, int count);

    /// <summary>After something was removed for good: no copy of it stays in the database's own log.</summary>
    internal abstract Task EmptyLogAsync();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UnixMilliseconds>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMillisecondsOffset>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ContactsDb).Assembly);

        var filter = typeof(ContactsDb).GetMethod(nameof(FilterByAccount), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!;
        foreach (var type in builder.Model.GetEntityTypes().Select(e => e.ClrType).Where(typeof(IAccountOwned).IsAssignableFrom).ToList())
            filter.MakeGenericMethod(type).Invoke(this, [builder]);
        // Sign-in finds a user by email before any account is known; inside an account only its own users show.
        builder.Entity<AppUser>().HasQueryFilter(u => AccountId == 0 || u.AccountId == AccountId);
    }

    private void FilterByAccount<T>(ModelBuilder builder) where T : class, IAccountOwned =>
        builder.Entity<T>().HasQueryFilter(row => row.AccountId == AccountId);

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        GuardAccount();
        if (Gate is null)
        {
            var index = await IndexFollower.BeforeAsync(this);
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            if (index is not null) await index.AfterAsync(this);
            return saved;
        }
        using var turn = await Gate.EnterAsync(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Saves wait for the write gate: use SaveChangesAsync.");

    // The filter keeps other accounts' rows from being read; this keeps them from being written.
    private void GuardAccount()
    {
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            var owner = entry.Entity switch { IAccountOwned row => row.AccountId, AppUser user when AccountId != 0 => user.AccountId, _ => AccountId };
            if (owner != AccountId)
                throw new InvalidOperationException($"A {entry.Metadata.ShortName()} of account {owner} was to be saved for account {AccountId}.");
        }
    }
}
