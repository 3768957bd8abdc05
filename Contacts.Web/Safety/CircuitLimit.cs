using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Contacts.Web.Safety;

/// <summary>The open circuits of this process. Each holds memory, so one user and the whole have an end.</summary>
internal sealed class CircuitCount(IConfiguration settings)
{
    private readonly int _perUser = settings.GetValue("Contacts:Circuits:PerUser", 100);
    private readonly int _total = settings.GetValue("Contacts:Circuits:Total", 1000);
    private readonly ConcurrentDictionary<string, string> _users = new();

    public bool TryEnter(string circuit, string user)
    {
        if (_users.Count >= _total || _users.Values.Count(u => u == user) >= _perUser) return false;
        return _users.TryAdd(circuit, user);
    }

    public void Leave(string circuit) => _users.TryRemove(circuit, out _);
}

/// <summary>Counts a circuit in and out.</summary>
internal sealed class CircuitLimit(CircuitCount count, AuthenticationStateProvider authentication) : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "guest";
        if (!count.TryEnter(circuit.Id, user)) throw new InvalidOperationException("Too many pages are open.");
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        count.Leave(circuit.Id);
        return Task.CompletedTask;
    }
}
