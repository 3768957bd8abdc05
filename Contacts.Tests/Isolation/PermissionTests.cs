using System.Reflection;
using System.Runtime.CompilerServices;
using Contacts.Core;
using Contacts.Core.Accounts;
using Contacts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Contacts.Tests.Isolation;

/// <summary>
/// A circuit calls the features without HTTP between, so each asks for the permission itself. Every public method that takes
/// a caller has a row here, and refuses the next lower role before it looks at anything else.
/// </summary>
public sealed class PermissionTests
{
    private const BindingFlags PublicMethods = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, Permission> Needed = new()
    {
        ["BlockedIdentities.AddAsync"] = Permission.ManageSources,
        ["BlockedIdentities.ListAsync"] = Permission.ManageSources,
        ["BlockedIdentities.RemoveAsync"] = Permission.ManageSources,
        ["BulkEdits.FindAsync"] = Permission.EditContacts,
        ["BulkEdits.ListAsync"] = Permission.EditContacts,
        ["BulkEdits.RecentAsync"] = Permission.EditContacts,
        ["BulkEdits.RunAsync"] = Permission.EditContacts,
        ["BulkEdits.RunUndoAsync"] = Permission.EditContacts,
        ["BulkEdits.StartAsync"] = Permission.EditContacts,
        ["BulkEdits.StopAsync"] = Permission.EditContacts,
        ["BulkEdits.UndoAsync"] = Permission.EditContacts,
        ["BusyFeeds.AddAsync"] = Permission.ManageOwnBookings,
        ["BusyFeeds.ListAsync"] = Permission.ManageOwnBookings,
        ["BusyFeeds.ReadNowAsync"] = Permission.ManageOwnBookings,
        ["BusyFeeds.RemoveAsync"] = Permission.ManageOwnBookings,
        ["BusyFeeds.RenameAsync"] = Permission.ManageOwnBookings,
        ["Bookings.QuestionsAsync"] = Permission.ManageOwnBookings,
        ["HostSchedules.AnswerZoneAsync"] = Permission.ManageOwnBookings,
        ["HostSchedules.FindAsync"] = Permission.ManageOwnBookings,
        ["HostSchedules.RenewFeedAsync"] = Permission.ManageOwnBookings,
        ["HostSchedules.SaveAsync"] = Permission.ManageOwnBookings,
        ["ContactBin.CountAsync"] = Permission.DeleteContacts,
        ["ContactBin.ListAsync"] = Permission.DeleteContacts,
        ["ContactBin.RestoreAsync"] = Permission.DeleteContacts,
        ["ContactFinder.CountExactlyAsync"] = Permission.ViewContacts,
        ["ContactFinder.FieldsAsync"] = Permission.ViewContacts,
        ["ContactFinder.IdsAsync"] = Permission.ViewContacts,
        ["ContactFinder.IsIndexedAsync"] = Permission.ViewContacts,
        ["ContactFinder.LeftAsync"] = Permission.ViewContacts,
        ["ContactFinder.PlaceAsync"] = Permission.ViewContacts,
        ["ContactFinder.RowsAsync"] = Permission.ViewContacts,
        ["ContactFinder.SearchOnAsync"] = Permission.ViewContacts,
        ["ContactFinder.StatusCountsAsync"] = Permission.ViewContacts,
        ["DuplicateSweep.RunAsync"] = Permission.MergeContacts,
        ["DuplicateSweep.Start"] = Permission.MergeContacts,
        ["DuplicateSweep.State"] = Permission.MergeContacts,
        ["ErasedIdentities.WhenErasedAsync"] = Permission.EditContacts,
        ["ErasureDesk.EraseAsync"] = Permission.EraseContacts,
        ["ErasureDesk.PreviewAsync"] = Permission.EraseContacts,
        ["PossibleDuplicates.CountAsync"] = Permission.ViewContacts,
        ["PossibleDuplicates.DismissAsync"] = Permission.EditContacts,
        ["PossibleDuplicates.DismissSharedAsync"] = Permission.EditContacts,
        ["PossibleDuplicates.ListAsync"] = Permission.ViewContacts,
        ["PossibleDuplicates.ReopenAsync"] = Permission.EditContacts,
        ["PossibleDuplicates.SharedAsync"] = Permission.ViewContacts,
        ["BookingCalendars.AddressAsync"] = Permission.ViewContacts,
        ["BookingCalendars.ArchiveAsync"] = Permission.ManageSources,
        ["BookingCalendars.CreateAsync"] = Permission.ManageSources,
        ["BookingCalendars.EditAsync"] = Permission.ManageSources,
        ["BookingCalendars.FindAsync"] = Permission.ViewContacts,
        ["BookingCalendars.HostsAsync"] = Permission.ViewContacts,
        ["BookingCalendars.ListAsync"] = Permission.ViewContacts,
        ["BookingCalendars.RestoreAsync"] = Permission.ManageSources,
        ["BookingCalendars.WrittenByAsync"] = Permission.ViewContacts,
        ["BookingCalendars.FindAllAsync"] = Permission.ViewContacts,
        ["BookingCalendars.PageAsync"] = Permission.ViewContacts,
        ["BookingRecords.FindAsync"] = Permission.ViewContacts,
        ["BookingRecords.PageAsync"] = Permission.ViewContacts,
        ["Scheduling.BookAsync"] = Permission.ManageOwnBookings,
        ["Scheduling.OpenAsync"] = Permission.ManageOwnBookings,
        ["Scheduling.TimesAsync"] = Permission.ViewContacts,
        ["Bookings.AddAsync"] = Permission.ManageOwnBookings,
        ["Bookings.ApproveAsync"] = Permission.ManageOwnBookings,
        ["Bookings.AskToRescheduleAsync"] = Permission.ManageOwnBookings,
        ["Bookings.CancelAsync"] = Permission.ManageOwnBookings,
        ["Bookings.FindAsync"] = Permission.ViewContacts,
        ["Bookings.ListAsync"] = Permission.ViewContacts,
        ["Bookings.MarkNoShowAsync"] = Permission.ManageOwnBookings,
        ["Bookings.ReassignAsync"] = Permission.ManageOwnBookings,
        ["Bookings.RescheduleAsync"] = Permission.ManageOwnBookings,
        ["Bookings.StatesAsync"] = Permission.ViewContacts,
        ["Bookings.TimesAsync"] = Permission.ViewContacts,
        ["BookingLinks.CreateAsync"] = Permission.ManageSources,
        ["BookingLinks.ListAsync"] = Permission.ViewContacts,
        ["BookingLinks.RemoveAsync"] = Permission.ManageSources,
        ["ContactBoard.MoreAsync"] = Permission.ViewContacts,
        ["ContactBoard.ReadAsync"] = Permission.ViewContacts,
        ["ContactBoard.SearchOnAsync"] = Permission.ViewContacts,
        ["ContactSheets.ReadAsync"] = Permission.ViewContacts,
        ["ContactBook.AddAsync"] = Permission.EditContacts,
        ["ContactBook.AddNoteAsync"] = Permission.EditContacts,
        ["ContactBook.AssignToAsync"] = Permission.EditContacts,
        ["ContactBook.CountAsync"] = Permission.ViewContacts,
        ["ContactBook.CursorAtAsync"] = Permission.ViewContacts,
        ["ContactBook.DeleteAsync"] = Permission.DeleteContacts,
        ["ContactBook.EditAsync"] = Permission.EditContacts,
        ["ContactBook.ExplainAsync"] = Permission.EditContacts,
        ["ContactBook.FindAllAsync"] = Permission.ViewContacts,
        ["ContactBook.FindAsync"] = Permission.ViewContacts,
        ["ContactBook.FindSurvivorAsync"] = Permission.ViewContacts,
        ["ContactBook.ListAsync"] = Permission.ViewContacts,
        ["ContactBook.ListWholeAsync"] = Permission.ViewContacts,
        ["ContactBook.MoveToAsync"] = Permission.EditContacts,
        ["ContactBook.PossibleDuplicatesAsync"] = Permission.ViewContacts,
        ["ContactBook.PutByEmailAsync"] = Permission.EditContacts,
        ["AddressBook.AddAsync"] = Permission.EditContacts,
        ["AddressBook.ListAsync"] = Permission.ViewContacts,
        ["AddressBook.MakePrimaryAsync"] = Permission.EditContacts,
        ["AddressBook.RemoveAsync"] = Permission.EditContacts,
        ["MergeDesk.ListAsync"] = Permission.ViewContacts,
        ["MergeDesk.NamesAsync"] = Permission.ViewContacts,
        ["MergeDesk.MergeAsync"] = Permission.MergeContacts,
        ["MergeDesk.PreviewAsync"] = Permission.MergeContacts,
        ["MergeDesk.UndoAsync"] = Permission.MergeContacts,
        ["ActivityStream.NewsAsync"] = Permission.ViewContacts,
        ["ActivityStream.ReadAgainAsync"] = Permission.ViewContacts,
        ["ActivityStream.ReadAsync"] = Permission.ViewContacts,
        ["ActivityLog.OriginsAsync"] = Permission.ViewContacts,
        ["ActivityLog.PageAsync"] = Permission.ViewContacts,
        ["ActivityLog.ReadAsync"] = Permission.ViewContacts,
        ["ActivityLog.StatusHistoryAsync"] = Permission.ViewContacts,
        ["ActivityLog.ValueHistoryAsync"] = Permission.ViewContacts,
        ["Conversations.EndAsync"] = Permission.EditContacts,
        ["Conversations.FindAsync"] = Permission.ViewContacts,
        ["Conversations.HandBackAsync"] = Permission.EditContacts,
        ["Conversations.ListAsync"] = Permission.ViewContacts,
        ["Conversations.OfContactAsync"] = Permission.ViewContacts,
        ["Conversations.SayAsync"] = Permission.EditContacts,
        ["Conversations.TakeOverAsync"] = Permission.EditContacts,
        ["FieldCatalog.ArchiveAsync"] = Permission.ManageFields,
        ["FieldCatalog.CreateAsync"] = Permission.ManageFields,
        ["FieldCatalog.EditAsync"] = Permission.ManageFields,
        ["FieldCatalog.ListAsync"] = Permission.ViewContacts,
        ["FieldCatalog.MoveGroupAsync"] = Permission.ManageFields,
        ["FieldCatalog.MoveAsync"] = Permission.ManageFields,
        ["FieldCatalog.RestoreAsync"] = Permission.ManageFields,
        ["FieldConversions.ChangeTypeAsync"] = Permission.ManageFields,
        ["FieldConversions.CountAsync"] = Permission.ManageFields,
        ["FieldConversions.CountOptionAsync"] = Permission.ManageFields,
        ["FieldConversions.DeleteAsync"] = Permission.ManageFields,
        ["FieldConversions.PreviewAsync"] = Permission.ManageFields,
        ["FieldConversions.ReplaceOptionAsync"] = Permission.ManageFields,
        ["FileStore.OpenAsync"] = Permission.ViewContacts,
        ["FileStore.SaveAsync"] = Permission.EditContacts,
        ["FlowBook.AddressAsync"] = Permission.ViewContacts,
        ["FlowBook.ArchiveAsync"] = Permission.ManageSources,
        ["FlowBook.ArrangeAsync"] = Permission.ManageSources,
        ["FlowBook.CreateAsync"] = Permission.ManageSources,
        ["FlowBook.DescribeAsync"] = Permission.ManageSources,
        ["FlowBook.DuplicateAsync"] = Permission.ManageSources,
        ["FlowBook.FindAsync"] = Permission.ViewContacts,
        ["FlowBook.ListAsync"] = Permission.ViewContacts,
        ["FlowBook.NamesAsync"] = Permission.ViewContacts,
        ["FlowBook.PublishAsync"] = Permission.ManageSources,
        ["FlowBook.RenewSecretAsync"] = Permission.ManageSources,
        ["FlowBook.RestoreAsync"] = Permission.ManageSources,
        ["FlowBook.SendTestAsync"] = Permission.ManageSources,
        ["FlowBook.ShowAsync"] = Permission.ManageSources,
        ["FlowBook.WrittenByAsync"] = Permission.ViewContacts,
        ["IntakeDesk.ReceiveAsync"] = Permission.EditContacts,
        ["Invitations.InviteAsync"] = Permission.InviteMembers,
        ["Invitations.ListAsync"] = Permission.InviteMembers,
        ["Invitations.RenewAsync"] = Permission.InviteMembers,
        ["Invitations.RevokeAsync"] = Permission.InviteMembers,
        ["TrackingSettings.CheckAsync"] = Permission.ManageTracking,
        ["TrackingSettings.FindAsync"] = Permission.ManageTracking,
        ["TrackingSettings.RenewSecretAsync"] = Permission.ManageTracking,
        ["TrackingSettings.SaveAsync"] = Permission.ManageTracking,
        ["TrackingSettings.WordingsAsync"] = Permission.ManageTracking,
        ["VisitLog.ConsentsAsync"] = Permission.ViewContacts,
        ["VisitOverview.ReadAsync"] = Permission.ViewContacts,
        ["HookRoom.DiscardAllAsync"] = Permission.ManageSources,
        ["HookRoom.DiscardAsync"] = Permission.ManageSources,
        ["HookRoom.RetryAsync"] = Permission.ManageSources,
        ["HookRoom.TroubledAsync"] = Permission.ManageSources,
        ["MailRoom.DiscardAsync"] = Permission.ManageMail,
        ["MailRoom.RetryAsync"] = Permission.ManageMail,
        ["MailRoom.StateAsync"] = Permission.ManageMail,
        ["Members.ChangeRoleAsync"] = Permission.ManageRoles,
        ["Members.ListAsync"] = Permission.ViewContacts,
        ["Members.ListWithFormerAsync"] = Permission.ViewContacts,
        ["Members.RemoveAsync"] = Permission.InviteMembers,
        ["OwnAccount.EditAsync"] = Permission.ManageOrganisation,
        ["OwnAccount.FindAsync"] = Permission.ManageOrganisation,
        ["SavedViews.ChooseDefaultAsync"] = Permission.ViewContacts,
        ["SavedViews.CreateAsync"] = Permission.ViewContacts,
        ["SavedViews.DeleteAsync"] = Permission.ViewContacts,
        ["SavedViews.EditAsync"] = Permission.ViewContacts,
        ["SavedViews.ListAsync"] = Permission.ViewContacts,
        ["SavedViews.SaveAsync"] = Permission.ViewContacts,
        ["SampleData.ClearAsync"] = Permission.DeleteContacts,
        ["SampleData.FillAsync"] = Permission.ManageFields,
        ["StatusList.CreateAsync"] = Permission.ManageStatuses,
        ["StatusList.EditAsync"] = Permission.ManageStatuses,
        ["StatusList.ListAsync"] = Permission.ViewContacts,
        ["StatusList.MoveAsync"] = Permission.ManageStatuses,
        ["StatusRemoval.CountAsync"] = Permission.ManageStatuses,
        ["ActivityLog.StepsAsync"] = Permission.ViewContacts,
        ["ActivityStream.SourcesAsync"] = Permission.ViewContacts,
        ["StatusRemoval.RemoveAsync"] = Permission.ManageStatuses,
        ["VisitLog.BeforeAsync"] = Permission.ViewContacts,
        ["VisitLog.CountAsync"] = Permission.ViewContacts,
        ["VisitLog.ModeAsync"] = Permission.ViewContacts,
        ["VisitLog.PageAsync"] = Permission.ViewContacts,
        ["VisitLog.ReadAsync"] = Permission.ViewContacts,
    };

    /// <summary>What everybody may do, because it is about the caller alone.</summary>
    private static readonly string[] OwnAffairs =
    [
        "ApiKeyRing.AccountNameAsync", "HostSchedules.ZonesMovedAsync", "IdempotencyLog.FindAsync", "IdempotencyLog.KeepAsync", "Members.UpdateProfileAsync",
        "OwnPassword.ChangeAsync", "Sessions.ChooseThemeAsync", "Sessions.HideEmptyFieldsAsync", "Sessions.HidesEmptyFieldsAsync", "Sessions.SwitchShortcutsAsync",
    ];

    [Fact]
    public void Every_method_that_takes_a_caller_is_declared()
    {
        var declared = Needed.Keys.Concat(OwnAffairs);

        Assert.Empty(Asking().Select(NameOf).Distinct().Except(declared));
    }

    [Fact]
    public async Task Every_method_refuses_the_role_below_the_one_it_needs()
    {
        await using var house = await TestHouse.OpenAsync(Database.Sqlite);
        var open = new List<string>();
        foreach (var method in Asking().Where(method => Needed.ContainsKey(NameOf(method))))
        {
            var lower = house.Owner with { Role = Enum.GetValues<Role>().First(role => role.Allows(Needed[NameOf(method)])) - 1 };
            if (!await RefusesAsync(house.Get(method.DeclaringType!), method, lower)) open.Add(NameOf(method));
        }

        Assert.Empty(open);
    }

    private static IEnumerable<MethodInfo> Asking()
    {
        var features = new ServiceCollection().AddContactsCore().Select(service => service.ServiceType);
        return features.Where(type => type.Namespace?.StartsWith("Contacts.Core", StringComparison.Ordinal) == true)
            .SelectMany(type => type.GetMethods(PublicMethods))
            .Where(method => method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Caller)));
    }

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static async Task<bool> RefusesAsync(object feature, MethodInfo method, Caller caller)
    {
        try
        {
            await (Task)method.Invoke(feature, [.. method.GetParameters().Select(parameter => Argument(parameter.ParameterType, caller))])!;
            return false;
        }
        catch (Exception error)
        {
            return (error as TargetInvocationException)?.InnerException is RuleException { Refusal: Refusal.NotAllowed }
                || error is RuleException { Refusal: Refusal.NotAllowed };
        }
    }

    // Nothing that makes sense: who may not ask must be turned away before it matters.
    private static object? Argument(Type type, Caller caller) =>
        type == typeof(Caller) ? caller
        : type == typeof(string) ? ""
        : type.IsValueType || !type.IsClass || type.IsAbstract || type.IsArray || type.IsSubclassOf(typeof(Delegate)) ? (type.IsValueType ? Activator.CreateInstance(type) : null)
        : RuntimeHelpers.GetUninitializedObject(type);
}
