using Probity.Shared;

namespace Probity.Records.Viewing;

/// <summary>The colours of how far an erasure has come.</summary>
internal static class ErasureTones
{
    public static Tone Of(string state) => state switch
    {
        "proposed" or "approved" or "performed" => Tone.Info,
        "stopped" => Tone.Attention,
        _ => Tone.Neutral,
    };
}
