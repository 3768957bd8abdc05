using System.Globalization;
using Contacts.Core;
using Contacts.Core.Fields;
using FsCheck.Xunit;

namespace Contacts.Tests.Fields;

public class FieldTypeTests
{
    private static readonly Reader German = new(CultureInfo.GetCultureInfo("de-DE"), "Europe/Berlin");

    public static TheoryData<string> Types => [.. FieldType.All.Select(t => t.Key)];

    [Fact]
    public void The_types_have_the_keys_the_API_names_in_the_order_the_gear_offers() => Assert.Equal(
        ["text", "long_text", "number", "currency", "rating", "date", "date_time", "time", "single_choice", "multiple_choice", "yes_no", "email", "phone", "url", "address", "user", "file"],
        FieldType.All.Select(t => t.Key));

    [Theory, MemberData(nameof(Types))]
    public void What_a_type_writes_it_reads_back(string key)
    {
        var field = Sample.Field(key, "1–10", "11–50", "More, than 50", "straße");
        for (var seed = 0; seed < 500; seed++)
        {
            var typed = Typed(key, field, new Random(seed));
            if (field.Type.Parse(typed, field, new InputPlace("DE"), out var value) is { } problem) Assert.Fail($"'{typed}' is refused: {problem}");

            var written = field.Type.Format(value, field);

            Assert.Null(field.Type.Parse(written, field, new InputPlace("DE"), out var again));
            Assert.Equal(value, again);
            Assert.NotEmpty(field.Type.Display(value, field, German));
            Assert.NotNull(field.Type.ToJson(value, field));
        }
    }

    [Property(MaxTest = 500)]
    public bool No_text_breaks_a_type_and_what_parses_reads_back(FsCheck.NonWhiteSpaceString text) => FieldType.All.All(type =>
    {
        var field = Sample.Field(type.Key, "1–10", "11–50");
        return type.Parse(text.Get, field, InputPlace.Anywhere, out var value) is not null || value.Length == 0
            || (type.Parse(type.Format(value, field), field, InputPlace.Anywhere, out var again) is null && again == value);
    });

    [Theory]
    [InlineData("text", " Ada\r\nLovelace ", "Ada Lovelace")]
    [InlineData("long_text", "One\r\nTwo\rThree ", "One\nTwo\nThree")]
    [InlineData("number", "42", "42")]
    [InlineData("number", " -3.50 ", "-3.5")]
    [InlineData("number", "+7", "7")]
    [InlineData("number", "-0", "0")]
    [InlineData("number", "1e3", "1000")]
    [InlineData("number", "0.1", "0.1")]
    [InlineData("number", "9007199254740992", "9007199254740992")]
    [InlineData("number", "-9007199254740992", "-9007199254740992")]
    [InlineData("number", "5e-324", "5E-324")]
    [InlineData("date", " 2028-02-29 ", "2028-02-29")]
    [InlineData("date", "0001-01-01", "0001-01-01")]
    [InlineData("date", "9999-12-31", "9999-12-31")]
    [InlineData("single_choice", "MORE", "more")]
    [InlineData("single_choice", "more", "more")]
    [InlineData("single_choice", " 11–50 ", "11_50")]
    [InlineData("multiple_choice", "more\n 1–10 \nMORE", "1_10\nmore")]
    [InlineData("yes_no", "YES", "true")]
    [InlineData("yes_no", "on", "true")]
    [InlineData("yes_no", "False", "false")]
    [InlineData("yes_no", "0", "false")]
    [InlineData("email", " Ada@Example.com ", "Ada@Example.com")]
    [InlineData("phone", "0171 1234567", "+491711234567")]
    [InlineData("url", "example.com/a?b=c", "https://example.com/a?b=c")]
    [InlineData("url", "http://example.com", "http://example.com")]
    [InlineData("url", "HTTPS://Example.com/A", "HTTPS://Example.com/A")]
    [InlineData("url", "example.com:8443/a", "https://example.com:8443/a")]
    [InlineData("time", " 9:05 ", "09:05")]
    [InlineData("time", "23:59:30", "23:59")]
    [InlineData("date_time", "2027-03-01T09:00:00Z", "2027-03-01T09:00:00Z")]
    [InlineData("date_time", " 2027-03-01 10:00+01:00 ", "2027-03-01T09:00:00Z")]
    [InlineData("date_time", "2027-03-01T04:00:07.912-0500", "2027-03-01T09:00:07Z")]
    [InlineData("date_time", "2027-03-01T09:00", "2027-03-01T09:00:00Z")]
    [InlineData("rating", " 4 ", "4")]
    [InlineData("currency", "1234.5", "123450")]
    [InlineData("currency", "1,234.50", "123450")]
    [InlineData("currency", "1.234,50", "123450")]
    [InlineData("currency", "1 234 567,5", "123456750")]
    [InlineData("currency", "1'234.50", "123450")]
    [InlineData("currency", "1234,5", "123450")]
    [InlineData("currency", "1,234", "123400")]
    [InlineData("currency", "1,234,567", "123456700")]
    [InlineData("currency", "-0.05", "-5")]
    [InlineData("currency", "-0", "0")]
    [InlineData("address", "12 St James's Square\r\nLondon\r\n\r\nSW1Y 4JH\r\nUnited Kingdom", "12 St James's Square\nLondon\n\nSW1Y 4JH\nUnited Kingdom")]
    [InlineData("address", " 1 Main St \n\n\n\n", "1 Main St")]
    [InlineData("address", "\n\n\n\nFrance", "\n\n\n\nFrance")]
    [InlineData("user", " iris RITTER ", "USR-0000000001")]
    [InlineData("user", "tom@acme.example", "USR-0000000002")]
    [InlineData("user", "USR-0000000002", "USR-0000000002")]
    [InlineData("user", "USR-0000000003", "USR-0000000003")]
    public void It_parses(string key, string text, string expected)
    {
        var field = Sample.Field(key);
        Assert.Null(field.Type.Parse(text, field, new InputPlace("DE"), out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("number", "many")]
    [InlineData("number", "1,5")]
    [InlineData("number", "1 000")]
    [InlineData("number", "NaN")]
    [InlineData("number", "Infinity")]
    [InlineData("number", "1e400")]
    [InlineData("number", "9007199254740994")]
    [InlineData("number", "0x10")]
    [InlineData("date", "2027-02-29")]
    [InlineData("date", "01.03.2027")]
    [InlineData("date", "2027-3-1")]
    [InlineData("date", "2027-03-01T00:00")]
    [InlineData("single_choice", "Less")]
    [InlineData("single_choice", "1–10\nMore")]
    [InlineData("multiple_choice", "More\nLess")]
    [InlineData("yes_no", "maybe")]
    [InlineData("email", "a..b@example.com")]
    [InlineData("phone", "12")]
    [InlineData("url", "javascript:alert(1)")]
    [InlineData("url", "JavaScript://example.com/%0aalert(1)")]
    [InlineData("url", " java\tscript:alert(1)")]
    [InlineData("url", "data:text/html,<script>alert(1)</script>")]
    [InlineData("url", "vbscript:x")]
    [InlineData("url", "file:///etc/passwd")]
    [InlineData("url", "ftp://example.com")]
    [InlineData("url", "https://localhost")]
    [InlineData("url", "https://exa mple.com")]
    [InlineData("url", "nothing")]
    [InlineData("url", "https://")]
    [InlineData("url", "https://user:secret@example.com")]
    [InlineData("time", "24:00")]
    [InlineData("time", "noon")]
    [InlineData("date_time", "2027-03-01")]
    [InlineData("date_time", "2027-02-29T10:00")]
    [InlineData("date_time", "2027-03-01T25:00")]
    [InlineData("date_time", "01.03.2027 10:00")]
    [InlineData("date_time", "9999-12-31T23:59-05:00")]
    [InlineData("date_time", "0001-01-01T00:00")]
    [InlineData("rating", "0")]
    [InlineData("rating", "6")]
    [InlineData("rating", "4.5")]
    [InlineData("rating", "-1")]
    [InlineData("currency", "1.234")]
    [InlineData("currency", "1234,567")]
    [InlineData("currency", "1,23,456.00")]
    [InlineData("currency", "12,34.5,6")]
    [InlineData("currency", "much")]
    [InlineData("currency", "€5")]
    [InlineData("currency", "99999999999999999")]
    [InlineData("currency", "1e3")]
    [InlineData("address", "1\n2\n3\n4\n5\n6")]
    [InlineData("user", "Gone Girl")]
    [InlineData("user", "USR-0000000009")]
    [InlineData("user", "somebody@else.example")]
    [InlineData("file", "offer.pdf")]
    [InlineData("file", "FILE-0000000001")]
    [InlineData("file", "FILE-0000000001 -5 offer.pdf")]
    [InlineData("file", "CTC-0000000001 5 offer.pdf")]
    public void It_is_refused_with_a_sentence(string key, string text)
    {
        var field = Sample.Field(key);
        Assert.EndsWith(".", field.Type.Parse(text, field, new InputPlace("DE"), out _), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", 250)]
    [InlineData("long_text", 5000)]
    public void A_text_has_a_length(string key, int most)
    {
        var field = Sample.Field(key);
        Assert.Null(field.Type.Parse(new string('a', most), field, InputPlace.Anywhere, out _));
        Assert.NotNull(field.Type.Parse(new string('a', most + 1), field, InputPlace.Anywhere, out _));
    }

    [Theory]
    [InlineData("number", "1234567.5", "1.234.567,5")]
    [InlineData("number", "1e-7", "0,0000001")]
    [InlineData("date", "2027-03-01", "1 März 2027")]
    [InlineData("yes_no", "on", "Yes")]
    [InlineData("multiple_choice", "More\n1–10", "1–10, More")]
    [InlineData("phone", "0171 1234567", "+49 171 1234567")]
    [InlineData("date_time", "2027-03-01T09:00Z", "1 März 2027, 10:00")]
    [InlineData("date_time", "2027-07-01T09:00:30Z", "1 Juli 2027, 11:00:30")]
    [InlineData("rating", "4", "4 of 5")]
    [InlineData("currency", "-1234.5", "-1.234,50")]
    [InlineData("address", "12 St James's Square\nLondon\n\nSW1Y 4JH\nUnited Kingdom", "12 St James's Square, London, SW1Y 4JH, United Kingdom")]
    [InlineData("user", "tom@acme.example", "Tom Berg")]
    [InlineData("file", "FILE-0000000001 1258291 offer.pdf", "offer.pdf (1,2 MB)")]
    public void It_is_shown_as_one_reads_it(string key, string text, string shown)
    {
        var field = Sample.Field(key);
        field.Type.Parse(text, field, new InputPlace("DE"), out var value);
        Assert.Equal(shown, field.Type.Display(value, field, German));
    }

    [Theory]
    [InlineData("number", "42", "42")]
    [InlineData("yes_no", "no", "false")]
    [InlineData("multiple_choice", "more", """["More"]""")]
    [InlineData("single_choice", "more", "\"More\"")]
    [InlineData("date", "2027-03-01", "\"2027-03-01\"")]
    [InlineData("date_time", "2027-03-01T10:00+01:00", "\"2027-03-01T09:00:00Z\"")]
    [InlineData("rating", "4", "4")]
    [InlineData("currency", "1234.5", "1234.50")]
    [InlineData("address", "1 Main St\n\nOhio", """{"street":"1 Main St","city":null,"state":"Ohio","post_code":null,"country":null}""")]
    [InlineData("user", "Iris Ritter", "\"USR-0000000001\"")]
    [InlineData("file", "FILE-0000000001 1024 offer.pdf", """{"name":"offer.pdf","link":"/files/FILE-0000000001","size":1024}""")]
    public void The_API_gives_it_as_what_it_is(string key, string text, string json)
    {
        var field = Sample.Field(key);
        field.Type.Parse(text, field, new InputPlace("DE"), out var value);
        Assert.Equal(json, field.Type.ToJson(value, field).ToJsonString());
    }

    [Theory]
    [InlineData("number", "9", "10")]
    [InlineData("number", "-1", "1e-7")]
    [InlineData("currency", "9.99", "10")]
    [InlineData("rating", "2", "5")]
    [InlineData("date", "2027-03-01", "2027-10-01")]
    [InlineData("date_time", "2027-03-01T10:00+05:00", "2027-03-01T09:00Z")]
    public void Values_that_have_an_order_are_compared_by_it(string key, string less, string more)
    {
        var field = Sample.Field(key);
        field.Type.Parse(less, field, InputPlace.Anywhere, out var one);
        field.Type.Parse(more, field, InputPlace.Anywhere, out var other);

        Assert.True(field.Type.Compare(one, other) < 0);
        Assert.True(field.Type.Compare(other, one) > 0);
        Assert.Equal(0, field.Type.Compare(one, one));
    }

    private static string Typed(string key, FieldDefinition field, Random random) => key switch
    {
        "text" or "long_text" => "x" + new string([.. random.GetItems("aÄ 漢\n\t'<&,;0".AsSpan(), random.Next(0, 200))]) + "x",
        "number" => random.Next(4) switch
        {
            0 => random.NextInt64(-9_007_199_254_740_992, 9_007_199_254_740_992).ToString(CultureInfo.InvariantCulture),
            1 => (random.NextDouble() * Math.Pow(10, random.Next(-300, 15))).ToString("R", CultureInfo.InvariantCulture),
            2 => random.NextDouble().ToString("F6", CultureInfo.InvariantCulture),
            _ => random.Next(-9, 9).ToString(CultureInfo.InvariantCulture),
        },
        "date" => DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "time" => new TimeOnly(random.NextInt64(TimeOnly.MaxValue.Ticks)).ToString(random.GetItems(["HH:mm", "H:mm", "HH:mm:ss"], 1)[0], CultureInfo.InvariantCulture),
        "single_choice" => field.Options[random.Next(field.Options.Count)].Label.ToUpperInvariant(),
        "multiple_choice" => string.Join('\n', random.GetItems<FieldOption>([.. field.Options], random.Next(1, 5)).Select(o => o.Label)),
        "yes_no" => random.GetItems(["yes", "No", "TRUE", "off"], 1)[0],
        "email" => $"{new string([.. random.GetItems("abcäö+-_9".AsSpan(), random.Next(1, 20))])}@bücher{random.Next(99)}.example",
        "phone" => random.Next(2) == 0 ? $"0171 {random.Next(1_000_000, 9_999_999)}" : $"+44 20 {random.Next(1000, 9999)} {random.Next(1000, 9999)}",
        "url" => $"{random.GetItems(["", "http://", "https://"], 1)[0]}www.exämple{random.Next(99)}.com/ä?q={random.Next()}",
        "currency" => random.Next(3) switch
        {
            0 => $"{random.Next(1, 999)},{random.Next(1000):000}.{random.Next(100):00}",
            1 => $"-{random.NextInt64(9_999_999_999_999)}.{random.Next(10)}",
            _ => $"{random.Next()},{random.Next(100):00}",
        },
        "rating" => random.Next(1, 6).ToString(CultureInfo.InvariantCulture),
        "date_time" => new DateTime(random.NextInt64(new DateTime(2, 2, 1).Ticks, new DateTime(9998, 11, 1).Ticks)).ToString(random.GetItems(["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", "yyyy-MM-dd'T'HH:mm'+05:30'"], 1)[0], CultureInfo.InvariantCulture),
        "address" => string.Join("\r\n", random.GetItems(["12 St James's Square", "", " London ", "SW1Y 4JH", "東京"], random.Next(1, 5))) + "x",
        "user" => random.GetItems(["iris ritter", "TOM@ACME.EXAMPLE", "USR-0000000002"], 1)[0],
        "file" => $"{PublicId.Format(PublicId.File, random.Next())} {random.Next(1, 10_000_000)} offer {random.Next()} ä.pdf",
        _ => throw new ArgumentException($"Say here what a person types into a field of type '{key}'.", nameof(key)),
    };
}
