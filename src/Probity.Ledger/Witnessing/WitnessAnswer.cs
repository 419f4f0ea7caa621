using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Witnessing;

/// <summary>How a witness answers a request, for whatever serves it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The type of the body.</param>
/// <param name="Body">The body.</param>
public sealed record WitnessAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>The type of the body of a conflict: C2SP tlog-witness.</summary>
    public const string SizeType = "text/x.tlog.size";

    /// <summary>The type of every other body.</summary>
    public const string TextType = "text/plain; charset=utf-8";

    internal static WitnessAnswer Text(int status, string text) => new(status, TextType, Encoding.UTF8.GetBytes(text));

    internal static WitnessAnswer Of(WitnessDecision decision) => decision is WitnessDecision.Conflict
        ? new WitnessAnswer(decision.Status, SizeType, Encoding.ASCII.GetBytes(decision.Message))
        : Text(decision.Status, decision.Message + "\n");
}
