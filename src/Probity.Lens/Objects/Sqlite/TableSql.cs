using System.Text;

namespace Probity.Lens.Objects.Sqlite;

/// <summary>A column of a table, as its <c>CREATE TABLE</c> states it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The words of its type, in capitals; empty where there are none.</param>
/// <param name="IsRowId">Whether it is another name of the row's number, and stored nowhere.</param>
/// <param name="HasDefault">Whether rows that were written before it was added hold something.</param>
internal sealed record SqliteColumn(string Name, string Type, bool IsRowId, bool HasDefault);

/// <summary>Reads the columns of a table from the <c>CREATE TABLE</c> that the database keeps of it.</summary>
internal sealed class TableSql
{
    static readonly HashSet<string> Constraints = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];
    static readonly HashSet<string> ColumnEnds = [.. Constraints, "NOT", "NULL", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS"];

    readonly List<(string Text, bool Quoted)> _words = [];

    TableSql(string sql) => Split(sql);

    /// <summary>The columns; null where the text is no such statement, or has computed columns, whose place in a row is not known.</summary>
    public static List<SqliteColumn>? Columns(string sql) => new TableSql(sql).Columns();

    List<SqliteColumn>? Columns()
    {
        var open = _words.FindIndex(w => w is { Text: "(", Quoted: false });
        if (open < 0) return null;
        var columns = new List<SqliteColumn>();
        var keys = new List<List<string>>();
        var part = new List<(string Text, bool Quoted)>();
        var depth = 1;
        for (var i = open + 1; i < _words.Count && depth > 0; i++)
        {
            var word = _words[i];
            if (!word.Quoted) depth += word.Text == "(" ? 1 : word.Text == ")" ? -1 : 0;
            if (depth > 0 && !(depth == 1 && word is { Text: ",", Quoted: false }))
            {
                part.Add(word);
                continue;
            }

            if (part.Count == 0) return null;
            if (IsConstraint(part[0])) keys.Add([.. Upper(part)]);
            else if (Column(part) is { } column) columns.Add(column);
            else return null;
            part.Clear();
        }

        // PRIMARY KEY ( name ) behind the columns makes a column the row's number just as beside it.
        foreach (var key in keys)
        {
            var at = key.IndexOf("PRIMARY");
            if (at < 0 || key.Count != at + 5) continue;
            var named = columns.FindIndex(c => c.Name.Equals(key[at + 3], StringComparison.OrdinalIgnoreCase) && c.Type == "INTEGER");
            if (named >= 0) columns[named] = columns[named] with { IsRowId = true };
        }

        return depth == 0 && columns.Count > 0 ? columns : null;
    }

    static SqliteColumn? Column(List<(string Text, bool Quoted)> words)
    {
        var upper = Upper(words).ToList();
        var type = new StringBuilder();
        var at = 1;
        for (; at < words.Count && !(ColumnEnds.Contains(upper[at]) && !words[at].Quoted); at++) type.Append(type.Length > 0 ? " " : "").Append(upper[at]);
        for (var i = at; i < words.Count; i++)
            if (!words[i].Quoted && upper[i] is "GENERATED" or "AS") return null;
        var primary = upper.IndexOf("PRIMARY", at);
        var isRowId = type.ToString() == "INTEGER" && primary >= 0 && !(primary + 2 < upper.Count && upper[primary + 2] == "DESC");
        return new SqliteColumn(words[0].Text, type.ToString(), isRowId, upper.IndexOf("DEFAULT", at) >= 0);
    }

    static bool IsConstraint((string Text, bool Quoted) word) => !word.Quoted && Constraints.Contains(word.Text.ToUpperInvariant());

    static IEnumerable<string> Upper(List<(string Text, bool Quoted)> words) => words.Select(w => w.Text.ToUpperInvariant());

    void Split(string sql)
    {
        for (var at = 0; at < sql.Length;)
        {
            var c = sql[at];
            if (char.IsWhiteSpace(c)) at++;
            else if (sql.AsSpan(at).StartsWith("--")) at = After(sql, "\n", at);
            else if (sql.AsSpan(at).StartsWith("/*")) at = After(sql, "*/", at + 2);
            else if (c is '"' or '\'' or '`' or '[') at = Quoted(sql, at, c == '[' ? ']' : c);
            else if (IsWord(c))
            {
                var end = at;
                while (end < sql.Length && IsWord(sql[end])) end++;
                _words.Add((sql[at..end], false));
                at = end;
            }
            else
            {
                _words.Add((c.ToString(), false));
                at++;
            }
        }
    }

    static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or >= '\u0080';

    static int After(string sql, string end, int from) => sql.IndexOf(end, from, StringComparison.Ordinal) is >= 0 and var found ? found + end.Length : sql.Length;

    int Quoted(string sql, int at, char close)
    {
        var text = new StringBuilder();
        for (at++; at < sql.Length; at++)
        {
            if (sql[at] != close)
            {
                text.Append(sql[at]);
            }
            else if (close != ']' && at + 1 < sql.Length && sql[at + 1] == close)
            {
                text.Append(close);
                at++;
            }
            else
            {
                at++;
                break;
            }
        }

        _words.Add((text.ToString(), true));
        return at;
    }
}
