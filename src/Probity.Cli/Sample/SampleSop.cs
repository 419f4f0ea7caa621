using System.Globalization;
using System.Xml.Linq;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Procedures;
using Probity.Procedures.Deviating;
using Probity.Procedures.Drafting;
using Probity.Procedures.Publishing;
using Probity.Procedures.Reviewing;
using Probity.Shared.Record;

namespace Probity.Cli.Sample;

/// <summary>
/// What the sample unit does with the procedure of its cases: a second version comes in force halfway, a third waits for the review of its
/// risks at the end; and in a few cases a step is left out on purpose.
/// </summary>
internal sealed class SampleSop(IServiceProvider rooms, SampleUnit unit)
{
    static readonly XNamespace Bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL", Diagram = "http://www.omg.org/spec/BPMN/20100524/DI", Dc = "http://www.omg.org/spec/DD/20100524/DC",
        Di = "http://www.omg.org/spec/DD/20100524/DI", Duty = "urn:probity:sop:1";

    /// <summary>The day on which the second version comes in force.</summary>
    public static readonly DateTimeOffset Second = new(2025, 5, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The day on which the third is sent for review.</summary>
    public static readonly DateTimeOffset Third = new(2026, 10, 29, 8, 0, 0, TimeSpan.Zero);

    /// <summary>An integrity officer writes what weighing alone had made possible; another reviews it, the director approves it.</summary>
    public async Task PublishSecondAsync()
    {
        var (author, reviewer, approver) = (unit.Holders(Role.Integrity)[0], unit.Holders(Role.Integrity)[1], unit.Holders(Role.Commander)[0]);
        await DraftAsync(author, 2, 1, "Exhibits are weighed and stored by two, within a day; the laboratory has them within 72 hours. A search without a seizure is a case of its own.", SecondOf);
        await Get<SubmitDraft>().HandleAsync(author, new(HouseProcedures.CasesSop, 2), null, default).Expected();
        await Get<ReviewRisk>().HandleAsync(reviewer, new(HouseProcedures.CasesSop, 2, "Weighing: one person could understate the weight; two, and a photo of the display, stand against it. Storing: as before, with the second person's name."), null, default).Expected();
        await Get<ApproveVersion>().HandleAsync(approver, new(HouseProcedures.CasesSop, 2, null), null, default).Expected();
        await Get<PublishVersion>().HandleAsync(approver, new(HouseProcedures.CasesSop, 2, null), null, default).Expected();
    }

    /// <summary>The unit's commander drafts a step of the unit's own, and sends it for review.</summary>
    public async Task SubmitThirdAsync()
    {
        var author = unit.Holders(Role.Commander)[1];
        await DraftAsync(author, 3, 2, "Exhibits are photographed with their seals when they are stored, so that a swap is seen.", ThirdOf);
        await Get<SubmitDraft>().HandleAsync(author, new(HouseProcedures.CasesSop, 3), null, default).Expected();
    }

    /// <summary>A step is left out on purpose; with somebody to countersign, they do.</summary>
    public async Task LeaveOutAsync(Guid by, Guid @case, string activity, string reason, Guid? second)
    {
        var id = SampleUnit.Id($"deviation/{@case:D}");
        await Get<RecordDeviation>().HandleAsync(by, new(@case, id, activity, reason), default).Expected();
        if (second is { } other) await Get<AnswerDeviation>().HandleAsync(other, new(@case, id, true, null), default).Expected();
    }

    async Task DraftAsync(Guid author, int number, int basis, string note, Func<string, string> change)
    {
        await Get<DraftVersion>().HandleAsync(author, new(HouseProcedures.CasesSop, basis, SampleUnit.Id($"sop/{number}"), note), null, default).Expected();
        var sop = await new RecordSession(Get<TransparencyLog>()).FoldAsync<Sop>(new StreamId(HouseProcedures.CasesSop));
        var drawing = SopDrawings.Take(change(sop.Numbered(number)!.Drawing));
        await Get<ChangeDraft>().HandleAsync(author, new(HouseProcedures.CasesSop, number, drawing, note), null, default).Expected();
    }

    T Get<T>() where T : notnull => rooms.GetRequiredService<T>();

    static string SecondOf(string bpmn)
    {
        var drawing = XDocument.Parse(bpmn);
        drawing.Root!.SetAttributeValue(XNamespace.Xmlns + "sop", Duty.NamespaceName);
        Ask("weighed", "Custodian", "Photo of the display of the balance", true, "Weight understated", "PT24H");
        Ask("stored", "Custodian", "Seal numbers, in the store's book", true, "Packages kept back", null);
        Ask("to_lab", "Officer", "Receipt of the laboratory", false, "Samples swapped on the way", "PT72H");
        Ask("destroyed", "Custodian", "Video; two witnesses from outside the unit", true, "Something else burnt", null);
        Ask("closed", "Integrity", null, false, "A case laid to rest for money", null);
        foreach (var id in (string[])["n_s", "n_search", "f10", "f11", "f12"]) Remove(drawing, id);
        Lead(drawing, "f9", "n_interview", "n_s2");
        return drawing.ToString();

        void Ask(string id, string role, string? evidence, bool two, string risk, string? within)
        {
            var task = Element(drawing, id);
            task.SetAttributeValue(Duty + "role", role);
            task.SetAttributeValue(Duty + "evidence", evidence);
            task.SetAttributeValue(Duty + "dualControl", two ? "true" : null);
            task.SetAttributeValue(Duty + "risk", risk);
            task.SetAttributeValue(Duty + "within", within);
        }
    }

    static string ThirdOf(string bpmn)
    {
        var drawing = XDocument.Parse(bpmn);
        var stored = Shape(drawing, "stored");
        var bounds = stored.Element(Dc + "Bounds")!;
        Element(drawing, "stored").AddAfterSelf(
            new XElement(Bpmn + "task", new XAttribute("id", "photographed"), new XAttribute("name", "Exhibits photographed"), new XAttribute(Duty + "role", "Custodian"),
                new XAttribute(Duty + "evidence", "Memory card, sealed"), new XAttribute(Duty + "risk", "Packages swapped in the store")),
            new XElement(Bpmn + "sequenceFlow", new XAttribute("id", "f21b"), new XAttribute("sourceRef", "photographed"), new XAttribute("targetRef", "a_join")));
        stored.AddAfterSelf(
            new XElement(Diagram + "BPMNShape", new XAttribute("id", "s_photographed"), new XAttribute("bpmnElement", "photographed"),
                new XElement(Dc + "Bounds", new XAttribute("x", (int)bounds.Attribute("x")! + 160), bounds.Attribute("y"), bounds.Attribute("width"), bounds.Attribute("height"))),
            new XElement(Diagram + "BPMNEdge", new XAttribute("id", "e_f21b"), new XAttribute("bpmnElement", "f21b")));
        Lead(drawing, "f21", "stored", "photographed");
        Lead(drawing, "f21b", "photographed", "a_join");
        return drawing.ToString();
    }

    static XElement Element(XDocument drawing, string id) => drawing.Descendants().Single(e => e.Name.Namespace == Bpmn && (string?)e.Attribute("id") == id);

    static XElement Shape(XDocument drawing, string id) => drawing.Descendants().Single(e => (string?)e.Attribute("bpmnElement") == id);

    static void Remove(XDocument drawing, string id)
    {
        Shape(drawing, id).Remove();
        Element(drawing, id).Remove();
    }

    // A flow from the right side of one shape to the left side of another, with a bend where they stand at different heights.
    static void Lead(XDocument drawing, string flow, string from, string to)
    {
        Element(drawing, flow).SetAttributeValue("sourceRef", from);
        Element(drawing, flow).SetAttributeValue("targetRef", to);
        var (a, b) = (Place(from), Place(to));
        var middle = b.Left - 30;
        (int X, int Y)[] points = a.Middle == b.Middle ? [(a.Right, a.Middle), (b.Left, b.Middle)] : [(a.Right, a.Middle), (middle, a.Middle), (middle, b.Middle), (b.Left, b.Middle)];
        Shape(drawing, flow).ReplaceNodes(points.Select(p => new XElement(Di + "waypoint", new XAttribute("x", p.X), new XAttribute("y", p.Y))));

        (int Left, int Right, int Middle) Place(string id)
        {
            var bounds = Shape(drawing, id).Element(Dc + "Bounds")!;
            var (x, y, width, height) = (Number("x"), Number("y"), Number("width"), Number("height"));
            return (x, x + width, y + (height / 2));

            int Number(string name) => (int)double.Parse(bounds.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        }
    }
}

/// <summary>A refusal that the plan did not ask for is a fault of the sample and stops it.</summary>
file static class Expecting
{
    public static async Task Expected(this Task<Outcome?> outcome)
    {
        if (await outcome is not Outcome.Done) throw new InvalidOperationException($"The sample was refused: {await outcome}.");
    }
}
