namespace Contacts.Core.Intake.Flows;

/// <summary>A flow as guests meet it who began while it was published. It never changes, so nobody is disturbed in the middle.</summary>
public sealed class FlowVersion : IAccountOwned
{
    private FlowVersion() { }

    internal FlowVersion(long accountId, long flowId, int number, FlowDocument document, DateTime now) =>
        (AccountId, FlowId, Number, Document, PublishedAt) = (accountId, flowId, number, document, now);

    public long AccountId { get; private set; }
    public long FlowId { get; private set; }
    public int Number { get; private set; }
    public FlowDocument Document { get; private set; } = new();
    public DateTime PublishedAt { get; private set; }
}
