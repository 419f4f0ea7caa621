using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Probity.Shared;

/// <summary>Amounts of money and their currencies, as people type them.</summary>
internal static partial class Money
{
    // ISO 4217, without funds, metals and test codes.
    static readonly FrozenSet<string> Currencies = (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK "
        + "DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF "
        + "KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK "
        + "PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
        + "USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW").Split(' ').ToFrozenSet();

    /// <summary>Whether this is the code of a currency.</summary>
    public static bool IsCurrency(string? code) => code is not null && Currencies.Contains(code);

    /// <summary>An amount as typed, with point or comma before the decimals and nothing between thousands; null where it is none.</summary>
    public static decimal? AmountOf(string? typed) =>
        AmountForm().IsMatch(typed ?? "") ? decimal.Parse(typed!.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"^[0-9]{1,9}([.,][0-9]{1,2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex AmountForm();
}
