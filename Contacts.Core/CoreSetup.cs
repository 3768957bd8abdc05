using Contacts.Core.Accounts;
using Contacts.Core.Activity;
using Contacts.Core.Data;
using Contacts.Core.Erasure;
using Contacts.Core.Fields;
using Contacts.Core.Files;
using Contacts.Core.Intake;
using Contacts.Core.Intake.Booking;
using Contacts.Core.Intake.Flows;
using Contacts.Core.Mail;
using Contacts.Core.Onboarding;
using Contacts.Core.People;
using Contacts.Core.People.Bulk;
using Contacts.Core.People.Lists;
using Contacts.Core.People.Merging;
using Contacts.Core.People.Views;
using Contacts.Core.Statuses;
using Contacts.Core.Tracking;
using Contacts.Core.Webhooks;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Contacts.Core;

/// <summary>The domain's feature classes; each is stateless and stands on the database's doors.</summary>
public static class CoreSetup
{
    public static IServiceCollection AddContactsCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new Outbox(null));
        services.TryAddSingleton(new OutsideNetwork(AllowsPrivate: false));
        services.Configure<PasswordHasherOptions>(passwords => passwords.IterationCount = PasswordRule.Iterations);
        services.AddSingleton<IPasswordHasher<AppUser>, PasswordHasher<AppUser>>();
        return services
            .AddSingleton<AccountList>()
            .AddSingleton<Sessions>()
            .AddSingleton<ApiKeyRing>()
            .AddSingleton<Members>()
            .AddSingleton<OwnPassword>()
            .AddSingleton<OwnAccount>()
            .AddSingleton<FieldRuled>(KeptValues.FollowAsync)
            .AddSingleton<FieldRetyped>(BookingCalendars.FollowAsync)
            .AddSingleton<FieldCatalog>()
            .AddSingleton<FieldConversions>()
            .AddSingleton<FileStore>()
            .AddSingleton<FileSweep>()
            .AddSingleton<StatusList>()
            .AddSingleton<ContactBook>()
            .AddSingleton<ContactSheets>()
            .AddSingleton<ContactBoard>()
            .AddSingleton<ActivityStream>()
            .AddSingleton<ContactFinder>()
            .AddSingleton<SavedViews>()
            .AddSingleton<IndexBuilder>()
            .AddSingleton<StatusRemoval>()
            .AddSingleton<BulkEdits>()
            .AddSingleton<AddressBook>()
            .AddSingleton<MergeDesk>()
            .AddSingleton<ContactBin>()
            .AddSingleton<PossibleDuplicates>()
            .AddSingleton<DuplicateSweep>()
            .AddSingleton<BlockedIdentities>()
            .AddSingleton<ErasedIdentities>()
            .AddSingleton<ActivityLog>()
            .AddSingleton<VisitLog>()
            .AddSingleton<VisitOverview>()
            .AddSingleton(_ => new PageViewQueue())
            .AddSingleton<PageViewTally>()
            .AddSingleton<VisitFeed>()
            .AddSingleton<KnownSites>()
            .AddSingleton<TrackingSettings>()
            .AddSingleton<PageViewDesk>()
            .AddSingleton<PageViewWriter>()
            .AddSingleton<PageViewRetention>()
            .AddSingleton<IdempotencyLog>()
            .AddSingleton<IntakeDesk>()
            .AddSingleton<Recognition>()
            .AddSingleton<BookingCalendars>()
            .AddSingleton<BookingLinks>()
            .AddSingleton<CalendarLogos>()
            .AddSingleton<KnownCalendars>()
            .AddSingleton<BookingDesk>()
            .AddSingleton<GuestBookings>()
            .AddSingleton<BookingAttempts>()
            .AddSingleton<Bookings>()
            .AddSingleton<BookingRecords>()
            .AddSingleton<Scheduling>()
            .AddSingleton<HostSchedules>()
            .AddSingleton<HostFeed>()
            .AddSingleton<FeedReader>()
            .AddSingleton<BusyFeeds>()
            .AddSingleton<FeedSweep>()
            .AddSingleton<FlowBook>()
            .AddSingleton<ChatFeed>()
            .AddSingleton<FlowDesk>()
            .AddSingleton<FlowLogos>()
            .AddSingleton<Conversations>()
            .AddSingleton<FlowLeavers>()
            .AddSingleton<SampleData>()
            .AddSingleton<MailDue>(provider => (db, mail, now) => BookingPost.IsStillDueAsync(db, mail, provider.GetRequiredService<PublicUrl>(), now))
            .AddSingleton<MailRoom>()
            .AddSingleton<HookRoom>()
            .AddSingleton<ErasureDesk>()
            .AddSingleton<BinRetention>()
            .AddSingleton<Founding>()
            .AddSingleton<Invitations>()
            .AddSingleton<PasswordLinks>();
    }
}
