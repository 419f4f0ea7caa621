using System.Globalization;

namespace Probity.Exhibits.Viewing;

/// <summary>The numbers of packages as people write them: 1, 3–5.</summary>
internal static class PackageNumbers
{
    public static string Said(IReadOnlyCollection<int> numbers)
    {
        var runs = new List<(int From, int To)>();
        foreach (var number in numbers.Order())
        {
            if (runs is [.., var last] && last.To == number - 1) runs[^1] = (last.From, number);
            else runs.Add((number, number));
        }

        static string Of(int number) => number.ToString(CultureInfo.CurrentCulture);
        return string.Join(", ", runs.Select(r => (r.To - r.From) switch { 0 => Of(r.From), 1 => $"{Of(r.From)}, {Of(r.To)}", _ => $"{Of(r.From)}–{Of(r.To)}" }));
    }
}
