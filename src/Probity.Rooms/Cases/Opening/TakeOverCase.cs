using System.Globalization;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Cases.Opening;

/// <summary>Opens the case for what a register states and no case on the record has. Two people decide on that, in another room: none of them works it.</summary>
internal sealed class TakeOverCase(CaseNumbers numbers) : ICaseTakingOver
{
    // What a store of drugs holds comes from trafficking until somebody says otherwise.
    const string Offence = "060121";

    public ValueTask<Guid> FindAsync(string number, Register register, CancellationToken cancel) => numbers.FindAsync(number, register, cancel);

    public async ValueTask<(string Number, IReadOnlyList<Filing> Filings)> OpenAsync(
        RecordSession session, Guid id, Guid unit, string summary, Guid keeper, Register register, DateTimeOffset now, CancellationToken cancel)
    {
        var year = now.UtcDateTime.Year;
        var taken = await session.CountAsync(CaseNumbers.StreamOf(unit, year), cancel);
        var number = string.Create(CultureInfo.InvariantCulture, $"{register.Units[unit].Code}-{year}-{taken + 1:0000}");
        return (number, [
            new Filing(CaseNumbers.StreamOf(unit, year), new NumberTaken(id)),
            new Filing(new StreamId(id), new CaseOpened(number, unit, Offence, summary, [])),
            new Filing(new StreamId(id), new AccessGiven(keeper, summary)),
        ]);
    }
}
