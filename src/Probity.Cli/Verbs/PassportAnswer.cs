using System.Globalization;
using Probity.People;
using Probity.People.Passports;

namespace Probity.Cli.Verbs;

/// <summary>The answer of <c>probity passport verify</c>; the names of its JSON are a public interface. Nothing is in it that no given key signed.</summary>
/// <param name="Valid">Whether the passport is valid, and the holder's where they were compared.</param>
/// <param name="Verdict"><c>valid</c>, <c>notValid</c>, <c>notKnown</c> or <c>unreadable</c>.</param>
/// <param name="Code">Why, as a stable word.</param>
/// <param name="Said">The same in words, and what to do.</param>
/// <param name="At">The time that was checked for, UTC.</param>
/// <param name="Issuer">The name of the issuer's key.</param>
/// <param name="Fingerprint">The fingerprint of that key.</param>
/// <param name="Token">The passport's number.</param>
/// <param name="Level">The level of the clearance.</param>
/// <param name="From">When it was issued, UTC.</param>
/// <param name="Until">From when it counts no longer, UTC.</param>
/// <param name="List">The number of the list of revoked passports.</param>
/// <param name="ListUntil">Until when that list may be relied on, UTC.</param>
/// <param name="Holder"><c>same</c> or <c>different</c>; null where nobody was compared.</param>
internal sealed record PassportAnswer(
    bool Valid, string Verdict, string Code, string Said, DateTimeOffset At, string? Issuer, string? Fingerprint, string? Token, string? Level, DateTimeOffset? From, DateTimeOffset? Until,
    long? List, DateTimeOffset? ListUntil, string? Holder)
{
    public static PassportAnswer Of(PassportResult result, bool? same, DateTimeOffset now)
    {
        var other = same == false && result.Verdict == PassportVerdict.Valid;
        return new PassportAnswer(
            result.Verdict == PassportVerdict.Valid && same != false, PeopleText.Camel(other ? PassportVerdict.NotValid : result.Verdict), other ? "holder" : result.Code, Words(other ? "holder" : result.Code), now,
            result.Token?.Issuer, result.Key is { } key ? PassportResult.FingerprintOf(key) : null, result.Token?.Number, result.Token is { } token ? PeopleText.Camel(token.Level) : null,
            result.Token?.From, result.Token?.Until, result.List?.Number, result.List?.Next, same switch { true => "same", false => "different", null => null });
    }

    public void WriteTo(TextWriter to)
    {
        to.WriteLine(Verdict switch { "valid" => "VALID", "notValid" => "NOT VALID", "notKnown" => "NOT KNOWN TO BE VALID", _ => "NOT A PASSPORT" });
        to.WriteLine(Said);
        if (Issuer is null) return;
        to.WriteLine($"Issuer       {PlainText.OneLine(Issuer)}");
        to.WriteLine($"Fingerprint  {Fingerprint}");
        to.WriteLine($"Level        {Level}");
        to.WriteLine($"Issued       {Time(From)}");
        to.WriteLine($"Counts until {Time(Until)}");
        if (ListUntil is { } next) to.WriteLine($"List         {List!.Value.ToString(CultureInfo.InvariantCulture)}, counts until {Time(next)}");
        to.WriteLine(Holder switch
        {
            "same" => "Name, document and code are those of the passport.",
            "different" => "Name, document or code are NOT those of the passport.",
            _ => "This says nothing of who stands before you: compare with --name, --document and --code.",
        });
    }

    static string Time(DateTimeOffset? time) => time!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    // Verbs speak English, whatever the machine's language.
    static string Words(string code) => code switch
    {
        PassportResult.Good => "A key that you gave signed it, its time is not over, and it is not on the list of revoked passports.",
        PassportResult.Unreadable => "What was given is no passport. Scan the code again, whole; or the file you named is not there.",
        PassportResult.Header => "It is a token of another kind, or made to look like a passport. Do not accept it.",
        PassportResult.IssuerUnknown => "None of the keys that you gave signed it. Get the issuer's key, and compare its fingerprint by telephone.",
        PassportResult.Signature => "The signature is not genuine: it was made up or changed. Do not accept it.",
        PassportResult.Claims => "The issuer signed something that is not a passport of this form. Ask the issuer.",
        PassportResult.NotYet => "It was issued later than now: look at the clocks of both sides.",
        PassportResult.Life => "It says a longer time than any passport may have. Ask the issuer.",
        PassportResult.Expired => "Its time is over. The holder asks their vetting for another.",
        PassportResult.Revoked => "The issuer has revoked it. Do not accept it; ask the issuer, not the holder.",
        PassportResult.ListMissing => "There is no list of revoked passports: fetch the issuer's newest and give it with --revoked.",
        PassportResult.ListWrong => "The list of revoked passports is not one that this issuer signed. Fetch the newest.",
        PassportResult.ListFuture => "The list of revoked passports is of later than now: look at the clocks of both sides.",
        PassportResult.ListStale => "The list of revoked passports is too old: the passport may have been revoked since. Fetch the newest.",
        _ => "It is another person's, or name, document or code were mistyped.",
    };
}
