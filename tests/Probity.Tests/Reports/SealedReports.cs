using Probity.Reports.Reading;
using Probity.Sealing;

namespace Probity.Tests.Reports;

/// <summary>Reports as the reporter's side seals them and as the keys of their readers open them: nothing here stands in for the sealing.</summary>
internal sealed class SealedReports : IDisposable
{
    readonly IReadOnlyDictionary<Guid, SealingKey> _keys;
    readonly Dictionary<Guid, (SourceKeys Keys, List<(Deposit Deposit, long Index, DateOnly Day)> Deposits)> _reports = [];
    readonly RecipientBook _book;
    long _index = 100;

    /// <summary>With keys and a book of its own.</summary>
    public SealedReports(params (Guid Person, HolderPart Part)[] holders)
    {
        _keys = holders.ToDictionary(h => h.Person, _ => SealingKey.Generate());
        _book = new RecipientBook
        {
            Version = 1, Issued = new DateOnly(2026, 1, 1), Holders = [.. holders.Select(h => new BookHolder(h.Person, h.Part, _keys[h.Person].Public.ToString()))],
            Units = [], Posts = [], Names = [], NameKey = Convert.ToBase64String(new byte[SecretBox.KeySize]),
        };
    }

    /// <summary>With those of a server.</summary>
    public SealedReports(RecipientBook book, IReadOnlyDictionary<Guid, SealingKey> keys) => (_book, _keys) = (book, keys);

    /// <summary>What a source sends: the first deposit of a report, or one more.</summary>
    public Deposit Send(Guid report, DateOnly day, string text, IReadOnlyList<Guid>? without = null, int alike = 0, string kind = "bribery", ReportChannel channel = ReportChannel.Pages, MustNotSee? kept = null, params ContentFile[] files)
    {
        if (!_reports.TryGetValue(report, out var known)) known = _reports[report] = (new SourceKeys(System.Security.Cryptography.SHA256.HashData(report.ToByteArray())), []);
        var first = known.Deposits.Count == 0;
        var routing = first ? new Routing([.. _book.Holders.Select(h => without?.Contains(h.Id) != true)])
            : Routing.To(_book, known.Deposits[0].Deposit.OpenRoute(known.Keys)!);
        var content = new DepositContent(
            first, first ? kind : "", "en", channel, [new ContentAnswer(first ? "what" : "message", text)], kept ?? MustNotSee.Nobody, routing.People(_book), files, new Inflow(alike, alike));
        var deposit = Deposit.Seal(report, known.Keys, _book, routing, content, new DepositIdentity("", ""), []);
        known.Deposits.Add((deposit, _index++, day));
        return deposit;
    }

    /// <summary>A report as somebody's key opens it; null where it does not.</summary>
    public OpenedReport? For(Guid person, Guid report)
    {
        if (!_reports.TryGetValue(report, out var known) || !_keys.TryGetValue(person, out var key)) return null;
        var slot = _book.Holders.Index().First(h => h.Item.Id == person).Index;
        var (opened, staff) = (new List<OpenedDeposit>(), ReadOnlyMemory<byte>.Empty);
        foreach (var (sent, index, day) in known.Deposits)
        {
            var binding = sent.Binding(PartKind.Content);
            if (sent.Content.OpenSlot(binding, slot, key) is not { } part) return null;
            if (opened.Count == 0) staff = SecretBox.Derive(part, "probity staff 1"u8);
            opened.Add(new OpenedDeposit(sent.Id, index, day, DepositContent.Read(sent.Content.OpenBody(binding, part)!)!, sent.Files));
        }

        return new OpenedReport(report, known.Deposits[0].Day, known.Deposits[0].Deposit.Source, opened, staff);
    }

    /// <summary>What the source reads with its code of an answer.</summary>
    public AnswerContent? Read(Probity.Reports.Contract.AnswerGiven answer) =>
        new SealedAnswer(answer.Id, answer.Report, answer.Day, Convert.FromBase64String(answer.Box)).Open(_reports[answer.Report].Keys.Key);

    public void Dispose()
    {
        foreach (var key in _keys.Values) key.Dispose();
        foreach (var (keys, _) in _reports.Values) keys.Dispose();
    }
}
