using Contacts.Core.Data;
using Contacts.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Contacts.Core.People;

/// <summary>The values that contacts have, when an admin changes their field: they go along, or stand against it.</summary>
internal static class KeptValues
{
    /// <summary>What <see cref="FieldRuled"/> asks for.</summary>
    /// <exception cref="RuleException">
    /// With <see cref="Refusal.Conflict"/> at <c>options</c>, when contacts have chosen one that is left out; at <c>currency</c>, when amounts
    /// would mean something else; at <c>unique</c>, when contacts share values already.
    /// </exception>
    public static async Task FollowAsync(ContactsDb db, FieldDefinition field, FieldDefinition before)
    {
        await CheckOptionsAsync(db, before, [.. before.Options.Where(old => !field.Options.Exists(o => o.Key == old.Key))]);
        if (MeansAnother(field, before) is { } why && await FieldHolders.Of(db, field).AnyAsync())
            throw new RuleException($"Contacts have amounts in this field, and {why}. Make another field for it.", "currency", Refusal.Conflict);
        if (field.Rules.Unique != before.Rules.Unique) await UniqueValues.FollowAsync(db, field);
    }

    private static async Task CheckOptionsAsync(ContactsDb db, FieldDefinition field, IReadOnlyList<FieldOption> leftOut)
    {
        foreach (var option in leftOut)
            if (await FieldHolders.CountChosenAsync(db, field, option.Key) is > 0 and var count)
                throw new RuleException(
                    $"{(count == 1 ? "1 contact has" : $"{count} contacts have")} chosen '{option.Label}'. Give them another value first, or remove it under Manage contact fields, which asks what they get instead.",
                    "options", Refusal.Conflict);
    }

    // Amounts are kept in the minor unit: 500 would be five dollars or five hundred yen. Where no currency was named, naming one changes none of them.
    private static string? MeansAnother(FieldDefinition field, FieldDefinition before)
    {
        if (before.Rules.Currency is { } was && was != field.Rules.Currency) return $"they are in {was}";
        return DecimalsOf(field) != DecimalsOf(before) ? "the new currency has other decimals" : null;
    }

    private static int DecimalsOf(FieldDefinition field) => Currency.Find(field.Rules.Currency)?.Decimals ?? 2;
}
