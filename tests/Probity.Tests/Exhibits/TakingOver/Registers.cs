using System.Text;
using Probity.Exhibits.TakingOver;

namespace Probity.Tests.Exhibits.TakingOver;

/// <summary>Registers as files, for the tests.</summary>
internal static class Registers
{
    public static readonly DateOnly Today = new(2026, 3, 2);

    public const string Header = "Exhibit number,Case number,Date of seizure,Substance,Description,Quantity,Unit,Seals,Storage place";

    public static byte[] Csv(params IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join("\r\n", lines.Prepend(Header)) + "\r\n");

    public static StatedRegister Read(byte[] file, RegisterChoices? choices = null) =>
        ReadRegister.Read(new MemoryStream(file), "register", choices ?? new RegisterChoices(), Today, TestContext.Current.CancellationToken);

    public static StatedRegister Read(string text, RegisterChoices? choices = null) => Read(Encoding.UTF8.GetBytes(text), choices);

    /// <summary>The codes of what is said of a line; a ! before what is wrong.</summary>
    public static string Said(IEnumerable<LineNote> notes) => string.Join(' ', notes.Select(n => (n.IsWrong ? "!" : "") + n.Code));
}
