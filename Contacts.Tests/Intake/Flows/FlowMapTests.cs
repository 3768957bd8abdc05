using Bogus;
using Contacts.Core.Fields;
using Contacts.Core.Intake.Flows;
using static Contacts.Tests.Intake.Flows.FlowPieces;

namespace Contacts.Tests.Intake.Flows;

public class FlowMapTests
{
    [Fact]
    public void Each_step_stands_below_those_that_lead_to_it_and_ways_carry_the_words_of_their_rules()
    {
        var map = Map(Ask("team", "number") with { Rules = [If("team", FlowTest.AtLeast, "10", "big"), If(FlowSubject.Country, null, FlowTest.Is, "DE", "big")], Go = "more" }, Ask("more"), End("small"), End("big"));

        Assert.Equal(Node(map, "more").Y, Node(map, "big").Y);
        Assert.True(Node(map, "team").Y < Node(map, "more").Y && Node(map, "more").Y < Node(map, "small").Y);
        Assert.Equal([("team", "big", "is at least “10” or the country is “DE”"), ("team", "more", "otherwise"), ("more", "small", "")], map.Arrows.Select(a => (a.From.Key, a.To!.Key, a.When)).OrderBy(a => a.Item2 == "small").ThenBy(a => a.Item2));
    }

    [Fact]
    public void The_way_on_from_a_choice_is_the_choice_itself() =>
        Assert.Equal(["otherwise", "“Sales”"], Map(AskOneOf("topic", "Sales", "Help") with { Rules = [If("topic", FlowTest.Is, "Sales", "end")] }, Say("help"), End("end")).Arrows.Where(a => a.When.Length > 0).Select(a => a.When));

    [Fact]
    public void The_words_of_two_ways_do_not_stand_on_each_other_where_one_has_room()
    {
        var labels = Map(Ask("team", "number") with { Rules = [If("team", FlowTest.AtLeast, "10", "big")] }, Ask("more"), Ask("last") with { Go = "small" }, End("big"), End("small")).Arrows.Where(a => a.When.Length > 0).ToList();

        Assert.Equal(2, labels.Count);
        Assert.True(Math.Abs(labels[0].LabelX - labels[1].LabelX) >= (labels[0].LabelWidth + labels[1].LabelWidth) / 2 || Math.Abs(labels[0].LabelY - labels[1].LabelY) >= FlowMapArrow.LabelHeight);
    }

    [Fact]
    public void Steps_that_no_way_leads_to_stand_apart_below_the_others_and_what_they_lead_to_is_not_drawn()
    {
        var map = Map(Ask("name") with { Go = "end" }, Say("lost"), Say("too"), End("end"));

        Assert.Equal(["lost", "too"], map.Nodes.Where(n => n.IsApart).Select(n => n.Step!.Key));
        Assert.All(map.Nodes, n => Assert.Equal(n.IsApart, n.Y > map.ApartY));
        Assert.Equal("name", Assert.Single(map.Arrows).From.Key);
    }

    [Fact]
    public void A_flow_without_an_end_of_its_own_ends_in_our_words()
    {
        var map = Map(Ask("name"));

        Assert.Equal((null, true), (map.Nodes[1].Step, map.Nodes[1].Y > map.Nodes[0].Y));
        Assert.Null(Assert.Single(map.Arrows).To);
    }

    [Fact]
    public void A_way_back_and_one_to_itself_are_drawn_and_put_no_step_below_itself()
    {
        var map = Map(Ask("name"), Ask("right", "yes_no") with { Rules = [If("right", FlowTest.Is, "No", "name"), If("right", FlowTest.NotAnswered, null, "right")] }, End("end"));

        Assert.Equal(["name", "right", "end"], map.Nodes.OrderBy(n => n.Y).Select(n => n.Step!.Key));
        Assert.Equal(4, map.Arrows.Count);
    }

    [Fact]
    public void A_flow_without_steps_has_an_empty_map() => Assert.Empty(Map().Nodes);

    [Fact]
    public void On_the_map_of_any_flow_nothing_lies_on_anything_all_of_it_is_inside_and_it_is_the_same_again()
    {
        var dice = new Randomizer(3);
        for (var n = 0; n < 500; n++)
        {
            var plan = new FlowPlan(RandomFlowTests.Steps(dice), FieldSet.SystemOnly, 1);
            var map = FlowMap.Of(plan);

            Assert.Equal(plan.Steps.Select(s => s.Key).Order(), map.Nodes.Select(m => m.Step?.Key).OfType<string>().Order());
            Assert.All(map.Nodes, m => Assert.True(m.X >= 0 && m.Y >= 0 && m.X + FlowMapNode.Width <= map.Width && m.Y + FlowMapNode.Height <= map.Height));
            for (var i = 0; i < map.Nodes.Count; i++)
                for (var j = 0; j < i; j++) Assert.True(Math.Abs(map.Nodes[i].X - map.Nodes[j].X) >= FlowMapNode.Width || Math.Abs(map.Nodes[i].Y - map.Nodes[j].Y) >= FlowMapNode.Height);
            Assert.All(map.Arrows.Where(a => a.When.Length > 0), a => Assert.True(a.LabelX - a.LabelWidth / 2 >= 0 && a.LabelX + a.LabelWidth / 2 <= map.Width));
            Assert.Equal(map.Arrows.Select(a => (a.Path, a.LabelX, a.LabelY)), FlowMap.Of(plan).Arrows.Select(a => (a.Path, a.LabelX, a.LabelY)));
        }
    }

    private static FlowMap Map(params FlowStep[] steps) => FlowMap.Of(Plan(steps));

    private static FlowMapNode Node(FlowMap map, string key) => map.Nodes.Single(n => n.Step?.Key == key);
}
