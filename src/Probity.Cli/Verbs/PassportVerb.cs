using System.CommandLine;
using System.Globalization;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.People.Passports;

namespace Probity.Cli.Verbs;

/// <summary><c>probity passport verify</c>: checks a clearance passport offline, with keys and a list that the checker has.</summary>
internal static class PassportVerb
{
    const int MostKeys = 500;

    public static Command Create() => new("passport", "Checks clearance passports of other units, offline.") { CreateVerify() };

    static Command CreateVerify()
    {
        var token = new Argument<string>("PASSPORT") { Description = "The passport: its text, or a file that holds it.", HelpName = "TOKEN|FILE" };
        var key = new Option<string?>("--key") { Description = "The issuer's key, as text or in a file; its fingerprint was compared by telephone.", HelpName = "KEY" };
        var trust = new Option<string?>("--trust") { Description = "A folder of files with a key each, instead of --key.", HelpName = "FOLDER" };
        var revoked = new Option<string?>("--revoked") { Description = "The issuer's newest list of revoked passports. Without one no passport is known to be valid.", HelpName = "FILE" };
        var at = new Option<string?>("--at") { Description = "The time to check for, such as 2026-11-30T09:00Z; now without it.", HelpName = "TIME" };
        var name = new Option<string?>("--name") { Description = "The name on the document of whoever shows it; with --document and --code.", HelpName = "NAME" };
        var document = new Option<string?>("--document") { Description = "The number of the document.", HelpName = "NUMBER" };
        var code = new Option<string?>("--code") { Description = "The comparison code that the holder shows.", HelpName = "CODE" };
        var json = new Option<string?>("--json") { Description = "Writes the answer as JSON to a file, or to standard output for -.", HelpName = "FILE" };
        var verb = new Command("verify", "Says whether a passport is valid. Answers 0 for valid, 1 for not valid or not known, 2 for a wrong call or what cannot be read.")
            { token, key, trust, revoked, at, name, document, code, json };
        verb.SetAction(call => Run(
            call.GetValue(token)!, call.GetValue(key), call.GetValue(trust), call.GetValue(revoked), call.GetValue(at), [call.GetValue(name), call.GetValue(document), call.GetValue(code)], call.GetValue(json)));
        return verb;
    }

    static int Run(string token, string? key, string? trust, string? revoked, string? at, string?[] holder, string? json)
    {
        if (key is null == trust is null) throw new InvalidDataException("give the issuer's key with --key, or a folder of keys with --trust; one of the two");
        if (holder.Count(h => h is not null) is not (0 or 3)) throw new InvalidDataException("to compare the holder give all three: --name, --document and --code");
        WholeFile.Check(json, [.. ((string?[])[token, key, trust, revoked]).OfType<string>().Where(Path.Exists)]);
        var now = at is null ? DateTimeOffset.UtcNow : TimeOf(at);
        var keys = key is not null ? [VerifyVerb.ReadKey(key, "--key")] : ReadFolder(trust!);
        if (keys.FirstOrDefault(k => k.Type != SignatureType.Ed25519) is { } other) throw new InvalidDataException($"the key of {other.Name} is a witness's, which signs no passports");
        var list = revoked is null ? null : RegularFile.ReadText(revoked, RevokedList.Longest + 2);
        var result = PassportResult.Of(File.Exists(token) ? RegularFile.ReadText(token, PassportToken.Longest + 2) : token, keys, _ => list, now);
        var same = result.Token is { } of && holder[0] is not null ? HolderMark.Of(holder[0]!, holder[1]!, holder[2]!) == of.Holder : (bool?)null;
        var answer = PassportAnswer.Of(result, same, now);
        if (json is not null) JsonOutput.Write(json, answer);
        if (json != "-") answer.WriteTo(Console.Out);
        return result.Verdict == PassportVerdict.Unreadable ? ExitCodes.BadInput : answer.Valid ? ExitCodes.Fine : ExitCodes.Found;
    }

    static DateTimeOffset TimeOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
            : throw new InvalidDataException($"--at '{text}' is no time; write it as 2026-11-30T09:00Z");

    static IReadOnlyList<VerifierKey> ReadFolder(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"there is no folder {folder}");
        var files = Directory.EnumerateFiles(folder).Where(f => !Path.GetFileName(f).StartsWith('.')).Order(StringComparer.Ordinal).Take(MostKeys + 1).ToList();
        if (files.Count == 0) throw new InvalidDataException($"{folder} holds no keys; put a file with an issuer's key in it");
        if (files.Count > MostKeys) throw new InvalidDataException($"{folder} holds more than {MostKeys} files");
        return [.. files.Select(f => VerifyVerb.ReadKey(f, f))];
    }
}
