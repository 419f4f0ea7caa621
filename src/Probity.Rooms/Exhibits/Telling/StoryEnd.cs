using Probity.Cases.Contract;
using Probity.Shared;

namespace Probity.Exhibits.Telling;

/// <summary>Tells how an exhibit ended: by which order and who put that on the record, where, before whom, and what was left of it.</summary>
internal static class StoryEnd
{
    public static IReadOnlyList<EndLine> Of(ExhibitFacts facts, When when)
    {
        var exhibit = facts.Exhibit;
        var items = new List<EndLine>();
        void Say(string key, string? text)
        {
            if (text is not null) items.Add(new EndLine(ExhibitsText.Of(key), text));
        }

        if (exhibit.Forfeiture is { } forfeited) Say("status.forfeited", Order(forfeited.Order, forfeited.Ordered, forfeited.OrderId));
        if (exhibit.Return is { } given)
        {
            Say("end.return-order", Order(given.Order, given.Ordered, given.OrderId));
            Say(exhibit.IsForfeited ? "return.state.to" : "return.to", given.To);
            Say("return.receipt", given.Receipt);
            var act = exhibit.Acts[given.Act];
            Say("end.given-by", $"{Name(act.By)}, {when.Moment(act.At)}");
            Say("end.witnesses", act.SignedBy is { } signer ? Signed(signer, act.SignedAt, act.Objection) : act.Witness is { } witness ? $"{Name(witness)} – {ExhibitsText.Of("destroy.not-signed")}" : ExhibitsText.Of("destroy.not-signed"));
        }

        if (exhibit.Destruction is { } destruction)
        {
            Say("end.destroy-order", Order(destruction.Order.Order, destruction.Order.Ordered, destruction.Order.OrderId));
            Say("destroy.place", destruction.Order.Place);
            Say("destroy.method", destruction.Order.Method);
            Say("end.carried-out", destruction.CarriedOutAt is { } at ? $"{Name(exhibit.Chain.Holder)}, {when.Moment(at)}" : ExhibitsText.Of("end.not-yet"));
            Say("end.witnesses", string.Join("; ", destruction.Order.Witnesses.Select(w => destruction.Signed.TryGetValue(w, out var signed) ? Signed(w, signed, null) : $"{Name(w)} – {ExhibitsText.Of("destroy.not-signed")}")));
            Say("destroy.residue", destruction.CarriedOut is { } done ? $"{done.Residue} {ExhibitWords.Of(done.ResidueMass)}" : null);
        }

        return items;

        string Name(Guid person) => facts.Register.NameOf(person);
        string Signed(Guid person, DateTimeOffset? at, string? objection) =>
            $"{Name(person)} – {(at is { } moment ? ExhibitWords.Say("destroy.signed", when.Moment(moment)) : "")}{(objection is null ? "" : $": {objection}")}";

        // What an order on the record is, and what somebody typed before that was asked for, are told apart.
        string Order(string reference, DateOnly day, Guid? id) => facts.Standing.Court.Known.FirstOrDefault(o => o.Id == id) is { } order
            ? ExhibitWords.Say(order.Said.By == OrderedBy.Court ? "end.by-court" : "end.by-prosecution", reference, when.Day(day), Name(order.By), when.Moment(order.At), order.SignedBy is { } signer ? Name(signer) : "–")
            : ExhibitWords.Say("end.typed", reference, when.Day(day));
    }
}
