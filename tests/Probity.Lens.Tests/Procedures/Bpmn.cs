using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Probity.Lens.Procedures;

namespace Probity.Lens.Tests.Procedures;

/// <summary>Writes BPMN from two short forms.</summary>
internal static partial class Bpmn
{
    /// <summary>Nodes "type id" (a task's name is its id in upper case) and flows "a>b".</summary>
    public static string Write(string nodes, string flows, string more = "") => Draw(
        string.Concat(nodes.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(n => $"({n})")) + $"[{flows}]" + more);

    /// <summary>
    /// XML in which "(type id attributes)" stands for an element named as its id in upper case, and "[a>b b?c]" for
    /// flows; a question mark in place of the arrow makes a flow conditional. The n-th flow has the id "f" and n.
    /// </summary>
    public static string Draw(string inside, string beside = "")
    {
        var n = 0;
        var xml = Element().Replace(inside, m => $"<{m.Groups[1]} id=\"{m.Groups[2]}\" name=\"{m.Groups[2].Value.ToUpperInvariant()}\"{m.Groups[3]}/>");
        xml = Flows().Replace(xml, m => string.Concat(Flow().Matches(m.Value).Select(f => string.Create(CultureInfo.InvariantCulture,
            $"<sequenceFlow id=\"f{n++}\" sourceRef=\"{f.Groups[1]}\" targetRef=\"{f.Groups[3]}\">{(f.Groups[2].Value == "?" ? "<conditionExpression/>" : "")}</sequenceFlow>"))));
        xml = Prefix().Replace($"<definitions><process id=\"p\">{xml}</process>{beside}</definitions>", "$1bpmn:");
        return """<?xml version="1.0"?>""" + xml.Replace("<bpmn:definitions", "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"", StringComparison.Ordinal);
    }

    public static PetriNet Read(string xml) => ProcedureReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "model");

    [GeneratedRegex(@"\((\w+) (\w+)((?: \w+='[^']*')*)\)")]
    private static partial Regex Element();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Flows();

    [GeneratedRegex(@"(\w+)([>?])(\w+)")]
    private static partial Regex Flow();

    [GeneratedRegex("(</?)(?!bpmn)(?=[a-zA-Z])")]
    private static partial Regex Prefix();
}
