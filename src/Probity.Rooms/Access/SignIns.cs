using Probity.Access.Contract;
using Probity.Access.Duress;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Access;

/// <summary>The stream of a person's sign-ins: theirs, and apart from the register, which decisions rest on.</summary>
internal static class SignIns
{
    public static StreamId StreamOf(Guid person) => PersonCompartments.SignInsOf(person);

    /// <summary>The refusal of whoever's access ended.</summary>
    public const string ShutOut = "signin.shut-out";

    /// <summary>The refusal of whoever has left the service.</summary>
    public const string Left = "signin.left";

    /// <summary>Files that a person signed in, or that they were refused because their access ended or they have left. Whoever used a password leaves a mark besides.</summary>
    public static async Task<Outcome> FileAsync(Clerk clerk, IRegister registers, Guid person, string method, DateTimeOffset now, int? mark, CancellationToken cancel)
    {
        var filed = await clerk.FileAsync(new ActorId(person), StreamOf(person), "access.sign-in", async session =>
        {
            var register = await registers.ReadAsync(cancel);
            return register.HasLeft(person, now) ? Decision.Refuse(Left)
                : register.IsShutOut(person) ? Decision.Refuse(ShutOut) : Decision.Accept([File(person, new SignedIn(method)), .. Marks(person, mark)]);
        }, cancel: cancel);
        // Who is refused may have been forced too.
        if (filed is Outcome.Refused && mark is not null)
            await clerk.FileAsync(new ActorId(person), StreamOf(person), "access.sign-in", _ => new(Decision.Accept([.. Marks(person, mark)])), cancel: cancel);
        return filed;
    }

    static IEnumerable<Filing> Marks(Guid person, int? mark) => mark is { } known ? [File(person, new SignInMarked(known))] : [];

    /// <summary>Something about a person's sign-ins, which goes with the person.</summary>
    public static Filing File(Guid person, IEvent happened) => new(StreamOf(person), happened, Compartment: Compartments.OfPerson(person));
}

/// <summary>Too many wrong passwords or codes: nobody signs in as this person until then.</summary>
[EventType("access.locked-out.v1")]
internal sealed record LockedOut(DateTimeOffset Until) : IEvent;

/// <summary>Somebody invited a person to choose a password. <paramref name="Again"/>: they had one already.</summary>
[EventType("access.invited.v1")]
internal sealed record Invited(Guid Person, bool Again) : IEvent;

/// <summary>The person chose a password and a second factor.</summary>
[EventType("access.enrolled.v1")]
internal sealed record Enrolled : IEvent;
