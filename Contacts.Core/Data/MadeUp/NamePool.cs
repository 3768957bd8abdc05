using Bogus;
using Bogus.DataSets;

namespace Contacts.Core.Data.MadeUp;

/// <summary>Where made-up people of one language live.</summary>
internal sealed record Place(string Country, string TimeZone, string? Dial, params string[] Cities);

/// <summary>First and last names of one language, and how each is written in an email address.</summary>
internal sealed record NamePool(IReadOnlyList<(string Name, string Latin)> First, IReadOnlyList<(string Name, string Latin)> Last, IReadOnlyList<Place> Places)
{
    private const int Size = 200;

    /// <summary>The languages by weight: forty places that repeat, so that the first forty people already come from everywhere.</summary>
    public static IReadOnlyList<NamePool> Forty(int seed)
    {
        Place britain = new("United Kingdom", "Europe/London", null, "London", "Manchester", "Bristol", "Edinburgh"), canada = new("Canada", "America/Toronto", "1", "Toronto", "Montréal", "Ottawa"),
            east = new("United States", "America/New_York", "1", "New York", "Boston", "Atlanta"), middle = new("United States", "America/Chicago", "1", "Chicago", "Austin", "Minneapolis"),
            west = new("United States", "America/Los_Angeles", "1", "Seattle", "Portland", "San Diego"), australia = new("Australia", "Australia/Sydney", null, "Sydney", "Newcastle");
        (int Weight, NamePool Pool)[] pools =
        [
            (12, Of("en", seed, east, britain, west, middle, canada, australia)),
            (5, Of("de", seed, new("Germany", "Europe/Berlin", null, "Berlin", "Hamburg", "München", "Köln", "Leipzig"), new("Austria", "Europe/Vienna", null, "Wien", "Graz"))),
            (3, Of("fr", seed, new("France", "Europe/Paris", null, "Paris", "Lyon", "Nantes", "Besançon"), new("Belgium", "Europe/Brussels", null, "Liège", "Namur"))),
            (3, Of("es", seed, new("Spain", "Europe/Madrid", null, "Madrid", "Málaga", "Zaragoza"), new("Mexico", "America/Mexico_City", null, "Ciudad de México", "Mérida"))),
            (2, Of("it", seed, new Place("Italy", "Europe/Rome", null, "Milano", "Torino", "Bologna"))),
            (2, Of("nl", seed, new Place("Netherlands", "Europe/Amsterdam", null, "Amsterdam", "Utrecht", "Groningen"))),
            (2, Of("pl", seed, new Place("Poland", "Europe/Warsaw", null, "Warszawa", "Kraków", "Łódź"))),
            (2, Of("pt_BR", seed, new Place("Brazil", "America/Sao_Paulo", null, "São Paulo", "Curitiba", "Recife"))),
            (1, Of("sv", seed, new Place("Sweden", "Europe/Stockholm", null, "Stockholm", "Göteborg", "Umeå"))),
            (1, Of("tr", seed, new Place("Türkiye", "Europe/Istanbul", null, "İstanbul", "İzmir", "Ankara"))),
            (1, Of("cz", seed, new Place("Czechia", "Europe/Prague", null, "Praha", "Brno", "Plzeň"))),
            (1, Of("ru", seed, new Place("Kazakhstan", "Asia/Almaty", null, "Алматы", "Астана"))),
            (1, Of("el", seed, new Place("Greece", "Europe/Athens", null, "Αθήνα", "Θεσσαλονίκη"))),
            (1, Of("ar", seed, new Place("Egypt", "Africa/Cairo", null, "القاهرة", "الإسكندرية"))),
            (1, Japanese), (1, Korean), (1, Chinese),
        ];
        // Dealt like cards by a fixed stride, so that one language does not come in a row.
        var forty = pools.SelectMany(p => Enumerable.Repeat(p.Pool, p.Weight)).ToList();
        return [.. Enumerable.Range(0, forty.Count).Select(i => forty[i * 27 % forty.Count])];
    }

    private static NamePool Of(string locale, int seed, params Place[] places)
    {
        var names = new Name(locale) { Random = new Randomizer(seed) };
        return new NamePool(Take(locale, () => names.FirstName()), Take(locale, () => names.LastName()), places);
    }

    // Two names that are written alike in Latin letters would make one email address of two people.
    private static List<(string, string)> Take(string locale, Func<string> name)
    {
        var taken = new Dictionary<string, string>();
        for (var i = 0; i < Size * 4 && taken.Count < Size; i++)
        {
            var one = name().Trim();
            var latin = Latin(Transliterater.Translate(one, locale));
            if (latin.Length > 1 && one.Length < 20) taken.TryAdd(latin, one);
        }
        return [.. taken.Select(pair => (pair.Value, pair.Key))];
    }

    /// <summary>Small letters and digits only.</summary>
    public static string Latin(string text) => string.Concat(Folding.Fold(text).Where(char.IsAsciiLetterOrDigit));

    // Chinese characters do not tell how they are read, so these come with it.
    private static readonly NamePool
        Japanese = Pairs("陽斗 haruto 結衣 yui 蓮 ren 美咲 misaki 大輔 daisuke 直子 naoko 拓海 takumi 葵 aoi 健太 kenta 恵 megumi 翔 sho 香織 kaori",
            "佐藤 sato 鈴木 suzuki 高橋 takahashi 田中 tanaka 伊藤 ito 渡辺 watanabe 山本 yamamoto 中村 nakamura 小林 kobayashi 加藤 kato 吉田 yoshida 山田 yamada",
            new Place("Japan", "Asia/Tokyo", null, "東京", "大阪", "福岡")),
        Korean = Pairs("민준 minjun 서연 seoyeon 지호 jiho 하은 haeun 도윤 doyun 지우 jiwoo 현우 hyunwoo 수아 sua 준서 junseo 예은 yeeun",
            "김 kim 이 lee 박 park 최 choi 정 jung 강 kang 조 cho 윤 yoon 장 jang 임 lim", new Place("South Korea", "Asia/Seoul", null, "서울", "부산")),
        Chinese = Pairs("伟 wei 芳 fang 娜 na 敏 min 静 jing 丽 li 强 qiang 磊 lei 洋 yang 艳 yan 勇 yong 杰 jie",
            "王 wang 李 li 张 zhang 刘 liu 陈 chen 杨 yang 黄 huang 赵 zhao 吴 wu 周 zhou", new Place("Singapore", "Asia/Singapore", null, "新加坡"));

    private static NamePool Pairs(string first, string last, Place place)
    {
        static List<(string, string)> Split(string text) => [.. text.Split(' ').Chunk(2).Select(pair => (pair[0], pair[1]))];
        return new NamePool(Split(first), Split(last), [place]);
    }
}
