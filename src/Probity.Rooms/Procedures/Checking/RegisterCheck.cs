using Probity.Lens.Procedures;
using Probity.Lens.Procedures.Tables;
using Probity.Lens.Reports;
using Probity.Lens.Rules;
using Probity.Shared.Uploads;

namespace Probity.Procedures.Checking;

/// <summary>What a register turned out to hold once its columns were known.</summary>
internal sealed record RegisterContent(int Cases, int Events, IReadOnlyList<string> Activities);

/// <summary>The procedure that was chosen: its net, the rules drawn or written in it, and where it came from.</summary>
/// <param name="Choice">Which choice of the page it was.</param>
/// <param name="Name">What the page calls it.</param>
/// <param name="Net">The procedure; null where only rules are checked.</param>
/// <param name="Rules">The rules that it holds itself.</param>
/// <param name="File">Where it was read from; null where there is none.</param>
internal sealed record ChosenProcedure(string Choice, string Name, PetriNet? Net, RuleFile? Rules, SourceFile? File)
{
    /// <summary>Reads it again for other columns; null where it asks for none.</summary>
    public Func<RegisterColumns, ChosenProcedure>? Again { get; init; }
}

/// <summary>The rule file that was chosen.</summary>
internal sealed record ChosenRules(byte[] Bytes, string Name, RuleFile File, SourceFile Source);

/// <summary>
/// One person's register on its way through the pages. It lives in memory only; <see cref="CheckStore"/> ends it. What is chosen is
/// replaced whole, so a page that reads while another one writes sees the one or the other.
/// </summary>
internal sealed class RegisterCheck(string token, Guid person, UploadedFile file, RegisterLook look) : IDisposable
{
    /// <summary>What the addresses of its pages hold: nobody can guess it, and it opens nothing for anybody else.</summary>
    public string Token => token;

    /// <summary>Whose it is.</summary>
    public Guid Person => person;

    /// <summary>The register's file.</summary>
    public UploadedFile File => file;

    /// <summary>How the file looks, before anything is chosen.</summary>
    public RegisterLook Look { get; set; } = look;

    /// <summary>Which columns hold what; null until they were chosen.</summary>
    public RegisterColumns? Columns { get; set; }

    /// <summary>What is in it; null until the columns were chosen.</summary>
    public RegisterContent? Content { get; set; }

    /// <summary>What it is held against; null until it was chosen.</summary>
    public ChosenProcedure? Procedure { get; set; }

    /// <summary>A procedure as it was typed, so that it can be changed.</summary>
    public IReadOnlyList<ProcedureRow> Typed { get; set; } = [];

    /// <summary>Rules beside the procedure.</summary>
    public ChosenRules? Rules { get; set; }

    /// <summary>The newest piece of work; null before the first.</summary>
    public CheckJob? Job { get; set; }

    /// <summary>When its person last asked for anything.</summary>
    public DateTimeOffset LastUsed { get; set; }

    /// <summary>The address of one of its pages.</summary>
    public string Path(string page) => $"/check/{token}/{page}";

    public void Dispose()
    {
        Job?.Dispose();
        file.Bytes.Dispose();
    }
}
