namespace Contacts.Core.Accounts;

/// <summary>One right. Who has it is declared in <see cref="Permissions"/> and nowhere else.</summary>
public enum Permission
{
    ViewContacts,
    EditContacts,
    ManageOwnBookings,
    /// <summary>Show one's own views of the list to everybody.</summary>
    ShareViews,

    /// <summary>Change and delete views that others share.</summary>
    ManageSharedViews,
    DeleteContacts,
    MergeContacts,

    /// <summary>Remove a person for good, everywhere.</summary>
    EraseContacts,
    ManageFields,
    ManageStatuses,
    ManageSources,

    /// <summary>Decide what is kept of who looks at pages.</summary>
    ManageTracking,
    ManageApiKeys,

    /// <summary>See which messages wait to be sent, and why; send them again or throw them away.</summary>
    ManageMail,
    InviteMembers,
    ManageAdmins,
    ManageRoles,
    ManageOrganisation,
}

/// <summary>The one table of rights: the least role that has each.</summary>
public static class Permissions
{
    private static readonly Dictionary<Permission, Role> LeastRole = new()
    {
        [Permission.ViewContacts] = Role.Member,
        [Permission.EditContacts] = Role.Member,
        [Permission.ManageOwnBookings] = Role.Member,
        [Permission.ShareViews] = Role.Member,
        [Permission.ManageSharedViews] = Role.Admin,
        [Permission.DeleteContacts] = Role.Admin,
        [Permission.MergeContacts] = Role.Admin,
        [Permission.EraseContacts] = Role.Admin,
        [Permission.ManageFields] = Role.Admin,
        [Permission.ManageStatuses] = Role.Admin,
        [Permission.ManageSources] = Role.Admin,
        [Permission.ManageTracking] = Role.Admin,
        [Permission.ManageApiKeys] = Role.Admin,
        [Permission.ManageMail] = Role.Admin,
        [Permission.InviteMembers] = Role.Admin,
        [Permission.ManageAdmins] = Role.Owner,
        [Permission.ManageRoles] = Role.Owner,
        [Permission.ManageOrganisation] = Role.Owner,
    };

    public static bool Allows(this Role role, Permission permission) => role >= LeastRole[permission];
}
