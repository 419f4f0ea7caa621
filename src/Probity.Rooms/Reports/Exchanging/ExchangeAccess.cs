using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Reports.Exchanging;

/// <summary>What can be done with the exchange.</summary>
internal enum ExchangeAction { See, Resume, LookInto, AskPassing, AnswerPassing, AskReplacing, AnswerReplacing }

/// <summary>
/// Who may do what with the exchange, as one table: an overseer looks into it and asks; what gives something up for good (a record that is passed over, a machine that is replaced) takes a second person
/// of integrity or oversight, never who asked. What stands in no line is denied.
/// </summary>
internal static class ExchangeAccess
{
    public const string Own = "reports.exchange-own-request";

    static readonly Dictionary<ExchangeAction, Role[]> Table = new()
    {
        [ExchangeAction.See] = [Role.Integrity, Role.Overseer],
        [ExchangeAction.Resume] = [Role.Overseer],
        [ExchangeAction.LookInto] = [Role.Overseer],
        [ExchangeAction.AskPassing] = [Role.Overseer],
        [ExchangeAction.AnswerPassing] = [Role.Integrity, Role.Overseer],
        [ExchangeAction.AskReplacing] = [Role.Overseer],
        [ExchangeAction.AnswerReplacing] = [Role.Integrity, Role.Overseer],
    };

    /// <summary>The refusal of an action, or null where it is allowed.</summary>
    /// <param name="action">What is to be done.</param>
    /// <param name="actor">By whom.</param>
    /// <param name="asked">What was asked for, where this answers it.</param>
    public static Refusal? Refuses(ExchangeAction action, Actor actor, AskedAct? asked = null) =>
        !Table.TryGetValue(action, out var roles) || !roles.Any(actor.Has) ? new Refusal(Bars.Role)
        : action is ExchangeAction.AnswerPassing or ExchangeAction.AnswerReplacing && asked?.By == actor.Person ? new Refusal(Own) : null;
}
