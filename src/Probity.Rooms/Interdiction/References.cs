using System.Text.RegularExpressions;

namespace Probity.Interdiction;

/// <summary>The numbers that things travel under, and how each is checked.</summary>
internal static partial class References
{
    /// <summary>As it is recorded: capitals, no blanks or dashes.</summary>
    public static string Normal(string? typed) =>
        string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();

    /// <summary>A container's number with its check digit, after ISO 6346.</summary>
    public static bool IsContainer(string number)
    {
        if (!ContainerForm().IsMatch(number)) return false;
        var sum = 0;
        for (var i = 0; i < 10; i++) sum += ValueOf(number[i]) << i;
        return sum % 11 % 10 == number[10] - '0';
    }

    /// <summary>A vessel's IMO number with its check digit: IMO resolution A.1117(30).</summary>
    public static bool IsVessel(string number)
    {
        if (!VesselForm().IsMatch(number)) return false;
        var sum = 0;
        for (var i = 0; i < 6; i++) sum += (number[i] - '0') * (7 - i);
        return sum % 10 == number[6] - '0';
    }

    /// <summary>The ten digits of a bag tag (IATA resolution 740).</summary>
    public static bool IsBag(string number) => BagForm().IsMatch(number);

    /// <summary>A consignment number of letters and digits, as posts and couriers give them.</summary>
    public static bool IsParcel(string number) => ParcelForm().IsMatch(number);

    /// <summary>A UN/LOCODE (BRSSZ) or the IATA code of an airport (LIS).</summary>
    public static bool IsPort(string code) => PortForm().IsMatch(code);

    /// <summary>The number of a case, in form: whether there is one is not said.</summary>
    public static bool IsCase(string number) => CaseForm().IsMatch(number);

    // Letters count from 10 and leave out the multiples of 11.
    static int ValueOf(char c) => c switch
    {
        <= '9' => c - '0',
        'A' => 10,
        <= 'K' => c - 'A' + 11,
        <= 'U' => c - 'A' + 12,
        _ => c - 'A' + 13,
    };

    [GeneratedRegex("^[A-Z]{3}[UJZ][0-9]{7}$", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerForm();

    [GeneratedRegex("^[0-9]{7}$", RegexOptions.CultureInvariant)]
    private static partial Regex VesselForm();

    [GeneratedRegex("^[0-9]{10}$", RegexOptions.CultureInvariant)]
    private static partial Regex BagForm();

    [GeneratedRegex("^[A-Z0-9]{6,35}$", RegexOptions.CultureInvariant)]
    private static partial Regex ParcelForm();

    [GeneratedRegex("^([A-Z]{2}[A-Z2-9]{3}|[A-Z]{3})$", RegexOptions.CultureInvariant)]
    private static partial Regex PortForm();

    [GeneratedRegex("^[A-Z0-9]{1,10}-[0-9]{4}-[0-9]{4,6}$", RegexOptions.CultureInvariant)]
    private static partial Regex CaseForm();
}
