namespace Probity.Lens.Rules.Files;

/// <summary>A part of a YAML document and where it stands, lines and columns from 1.</summary>
internal abstract record YamlNode(long Line, long Column);

internal sealed record YamlText(string Value, bool Quoted, long Line, long Column) : YamlNode(Line, Column);

internal sealed record YamlList(List<YamlNode> Items, long Line, long Column) : YamlNode(Line, Column);

internal sealed record YamlMap(List<(YamlText Key, YamlNode Value)> Entries, long Line, long Column) : YamlNode(Line, Column);
