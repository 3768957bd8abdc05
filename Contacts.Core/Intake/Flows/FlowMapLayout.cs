using System.Globalization;

namespace Contacts.Core.Intake.Flows;

/// <summary>
/// Where things lie on a map, after Sugiyama: steps in ranks by the longest way to them, in each rank beside what they are tied to, and a place kept free in
/// every rank that an arrow passes.
/// </summary>
internal sealed class FlowMapLayout
{
    private const int Gap = 18, RankGap = 56, PassWidth = 12, Margin = 8, Sweeps = 8, BackShift = 22, LoopRoom = 26, ApartHead = 40;

    private readonly FlowPlan _plan;
    private readonly Dictionary<string, Spot> _spots = [];
    private readonly List<List<Spot>> _ranks = [];
    private readonly List<Way> _ways = [];
    private Spot? _end;

    public FlowMapLayout(FlowPlan plan) => _plan = plan;

    public FlowMap Draw()
    {
        if (_plan.Steps.Count == 0) return new([], [], 0, 0, null);
        var below = new List<Spot>(); // each after all that its ways lead to
        Visit(_plan.Steps[0], below, []);
        Rank(below);
        foreach (var way in _ways.Where(w => w.From != w.To)) way.Chain = Chain(way);
        Order();
        Spread();

        var spots = _spots.Values.Concat(_end is null ? [] : [_end]).ToList();
        var nodes = spots.ConvertAll(spot => new FlowMapNode(spot.Step, spot.Left, spot.Top));
        var arrows = new List<FlowMapArrow>();
        // A short arrow has few places for its words: a long one finds others.
        foreach (var way in _ways.OrderBy(w => w.Chain.Count)) arrows.Add(Arrow(way, nodes, arrows));
        var width = Margin + Math.Max(_ranks.SelectMany(r => r).Max(s => s.Right) + (_ways.Exists(w => w.From == w.To) ? LoopRoom : 0), arrows.Where(a => a.When.Length > 0).Select(a => a.LabelX + a.LabelWidth / 2).DefaultIfEmpty().Max());
        var height = Margin + nodes.Max(n => n.Y) + FlowMapNode.Height;
        return WithApart(new(nodes, arrows, width, height, null));
    }

    // Those that no way leads to stand below the others, side by side.
    private FlowMap WithApart(FlowMap map)
    {
        var apart = _plan.Steps.Where(s => !_spots.ContainsKey(s.Key)).ToList();
        if (apart.Count == 0) return map;
        var (across, top) = (Math.Max(2, (map.Width - 2 * Margin + Gap) / (FlowMapNode.Width + Gap)), map.Height + ApartHead);
        var nodes = apart.Select((step, at) => new FlowMapNode(step, Margin + at % across * (FlowMapNode.Width + Gap), top + at / across * (FlowMapNode.Height + Gap), IsApart: true)).ToList();
        return map with { Nodes = [.. map.Nodes, .. nodes], ApartY = map.Height, Width = Math.Max(map.Width, nodes.Max(n => n.X) + FlowMapNode.Width + Margin), Height = nodes.Max(n => n.Y) + FlowMapNode.Height + Margin };
    }

    private Spot Visit(FlowStep step, List<Spot> below, HashSet<Spot> open)
    {
        var spot = _spots[step.Key] = new Spot(step);
        open.Add(spot);
        foreach (var (to, when) in _plan.Ways(step))
        {
            var next = to is null ? _end ??= new Spot(null) : _spots.TryGetValue(to.Key, out var known) ? known : Visit(to, below, open);
            _ways.Add(new Way(spot, next, when, IsBack: open.Contains(next)));
        }
        open.Remove(spot);
        below.Add(spot);
        return spot;
    }

    // What leads back is left out of it: it goes round.
    private void Rank(List<Spot> below)
    {
        foreach (var spot in Enumerable.Reverse(below))
            foreach (var way in _ways.Where(w => w.From == spot && !w.IsBack)) way.To.Rank = Math.Max(way.To.Rank, spot.Rank + 1);
        var all = below.Concat(_end is null ? [] : [_end]).OrderBy(s => s.Step is null ? int.MaxValue : _plan.Steps.Index().First(i => i.Item == s.Step).Index).ToList();
        for (var rank = 0; rank <= all.Max(s => s.Rank); rank++) _ranks.Add([.. all.Where(s => s.Rank == rank)]);
    }

    // From above to below, whichever way the arrow goes.
    private List<Spot> Chain(Way way)
    {
        var (upper, lower) = way.IsBack ? (way.To, way.From) : (way.From, way.To);
        var chain = new List<Spot> { upper };
        for (var rank = upper.Rank + 1; rank < lower.Rank; rank++)
        {
            var pass = new Spot(null) { Rank = rank, Width = PassWidth };
            _ranks[rank].Add(pass);
            chain.Add(pass);
        }
        chain.Add(lower);
        foreach (var (above, under) in chain.Zip(chain.Skip(1)))
        {
            above.Below.Add(under);
            under.Above.Add(above);
        }
        return chain;
    }

    // Each beside those it is tied to, so that few arrows cross.
    private void Order()
    {
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var down = sweep % 2 == 0;
            foreach (var rank in down ? _ranks : Enumerable.Reverse(_ranks))
            {
                var places = rank.Index().ToDictionary(s => s.Item, s => (double)s.Index);
                foreach (var spot in rank)
                    if ((down ? spot.Above : spot.Below) is { Count: > 0 } tied) places[spot] = tied.Average(t => _ranks[t.Rank].IndexOf(t) / (double)_ranks[t.Rank].Count) * rank.Count;
                    else places[spot] += 0.5;
                var sorted = rank.OrderBy(s => places[s]).ToList();
                rank.Clear();
                rank.AddRange(sorted);
            }
        }
    }

    // Towards the middle of what each is tied to, and no nearer to its neighbours than the gap: half way between pushing all to the right and all to the left.
    private void Spread()
    {
        foreach (var rank in _ranks) Push(rank, [.. rank.Select(_ => 0.0)]);
        for (var sweep = 0; sweep < Sweeps; sweep++)
            foreach (var rank in sweep % 2 == 0 ? _ranks : Enumerable.Reverse(_ranks))
                Push(rank, [.. rank.Select(spot => (sweep % 2 == 0 ? spot.Above : spot.Below) is { Count: > 0 } tied ? tied.Average(t => t.Middle) : spot.Middle)]);
        var left = _ranks.SelectMany(r => r).Min(s => s.Middle - s.Width / 2.0) - Margin;
        foreach (var spot in _ranks.SelectMany(r => r)) spot.Middle = Math.Round(spot.Middle - left);
    }

    private static void Push(List<Spot> rank, double[] wanted)
    {
        var (right, left) = ((double[])wanted.Clone(), (double[])wanted.Clone());
        for (var i = 1; i < rank.Count; i++) right[i] = Math.Max(wanted[i], right[i - 1] + Between(i));
        for (var i = rank.Count - 2; i >= 0; i--) left[i] = Math.Min(wanted[i], left[i + 1] - Between(i + 1));
        for (var i = 0; i < rank.Count; i++) rank[i].Middle = (right[i] + left[i]) / 2;

        double Between(int i) => (rank[i - 1].Width + rank[i].Width) / 2.0 + Gap;
    }

    private static FlowMapArrow Arrow(Way way, IReadOnlyList<FlowMapNode> nodes, IReadOnlyList<FlowMapArrow> others)
    {
        if (way.From == way.To)
        {
            var (x, y) = (way.From.Right, way.From.Top + FlowMapNode.Height / 2);
            return new(way.From.Step!, way.To.Step, $"M{x} {y + 10}C{x + LoopRoom} {y + 16} {x + LoopRoom} {y - 16} {x} {y - 10}", way.When, x + LoopRoom, y - 26);
        }
        var points = Points(way);
        var path = $"M{points[0].X} {points[0].Y}" + string.Concat(points.Zip(points.Skip(1)).Select(pair => pair.First.X == pair.Second.X
            ? $"V{pair.Second.Y}" : string.Create(CultureInfo.InvariantCulture, $"C{pair.First.X} {(pair.First.Y + pair.Second.Y) / 2} {pair.Second.X} {(pair.First.Y + pair.Second.Y) / 2} {pair.Second.X} {pair.Second.Y}")));
        var arrow = new FlowMapArrow(way.From.Step!, way.To.Step, path, way.When, 0, 0);
        if (way.When.Length == 0) return arrow;
        var places = LabelPlaces(points).Select(at => arrow with { LabelX = Math.Max(at.X, Margin + arrow.LabelWidth / 2), LabelY = at.Y }).ToList();
        return places.Find(a => !others.Any(o => Overlap(a, o)) && !nodes.Any(n => Covers(a, n))) ?? places[0];
    }

    private static List<(int X, int Y)> Points(Way way)
    {
        var (chain, points) = (way.Chain, new List<(int X, int Y)>());
        foreach (var (at, spot) in chain.Index())
        {
            // An arrow that leads back stands beside those that lead on.
            var x = (int)spot.Middle + (way.IsBack && spot.Width > PassWidth ? BackShift : 0);
            if (at > 0) points.Add((x, spot.Top - (way.IsBack || at < chain.Count - 1 ? 0 : 2)));
            if (at < chain.Count - 1) points.Add((x, spot.Top + FlowMapNode.Height + (way.IsBack && at == 0 ? 2 : 0)));
        }
        if (way.IsBack) points.Reverse();
        return points;
    }

    // The middle of each curve first, then nearer to its ends: where words stand, the arrow is seen to go.
    private static IEnumerable<(int X, int Y)> LabelPlaces(IReadOnlyList<(int X, int Y)> points)
    {
        foreach (var t in new[] { 0.5, 0.68, 0.32, 0.8, 0.2 })
            foreach (var (from, to) in points.Zip(points.Skip(1)))
            {
                var u = 1 - t;
                // Both handles lie half way down, so across it eases in and out.
                yield return ((int)(from.X + (to.X - from.X) * (3 * u * t * t + t * t * t)), (int)(from.Y * (u * u * u + 1.5 * u * u * t + 1.5 * u * t * t) + to.Y * (t * t * t + 1.5 * u * u * t + 1.5 * u * t * t)));
            }
    }

    private static bool Overlap(FlowMapArrow one, FlowMapArrow other) => other.When.Length > 0
        && Math.Abs(one.LabelX - other.LabelX) < (one.LabelWidth + other.LabelWidth) / 2 + 2 && Math.Abs(one.LabelY - other.LabelY) < FlowMapArrow.LabelHeight;

    private static bool Covers(FlowMapArrow arrow, FlowMapNode node) =>
        arrow.LabelX + arrow.LabelWidth / 2 > node.X && arrow.LabelX - arrow.LabelWidth / 2 < node.X + FlowMapNode.Width
        && arrow.LabelY + FlowMapArrow.LabelHeight / 2 > node.Y && arrow.LabelY - FlowMapArrow.LabelHeight / 2 < node.Y + FlowMapNode.Height;

    /// <summary>A place in a rank: a step's, or one that an arrow passes.</summary>
    private sealed class Spot(FlowStep? step)
    {
        public FlowStep? Step { get; } = step;
        public int Rank { get; set; }
        public int Width { get; init; } = FlowMapNode.Width;
        public double Middle { get; set; }
        public List<Spot> Above { get; } = [];
        public List<Spot> Below { get; } = [];
        public int Left => (int)(Middle - Width / 2.0);
        public int Right => Left + Width;
        public int Top => Margin + Rank * (FlowMapNode.Height + RankGap);
    }

    private sealed record Way(Spot From, Spot To, string When, bool IsBack)
    {
        public List<Spot> Chain { get; set; } = [];
    }
}
