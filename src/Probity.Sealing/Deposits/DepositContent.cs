using System.Text.Json;
using System.Text.Json.Serialization;

namespace Probity.Sealing;

/// <summary>By which way a report came in.</summary>
public enum ReportChannel
{
    /// <summary>On the reporter's own pages.</summary>
    Pages,

    /// <summary>By telephone, written down by a clerk.</summary>
    Telephone,

    /// <summary>In person, written down by a clerk.</summary>
    InPerson,

    /// <summary>From a partner body.</summary>
    Partner,
}

/// <summary>An answer to one question.</summary>
/// <param name="Question">The question's key.</param>
/// <param name="Text">What was written.</param>
public sealed record ContentAnswer(string Question, string Text);

/// <summary>A file that was sent along.</summary>
/// <param name="Id">Its sealed bytes are found by this.</param>
/// <param name="Name">The name that it had on the source's device.</param>
/// <param name="Length">Its bytes; the sealed file is longer.</param>
/// <param name="Key">What it was sealed with, in base64.</param>
public sealed record ContentFile(Guid Id, string Name, long Length, string Key);

/// <summary>How many came in while this one did, so that a flood can be set aside without anything being turned away.</summary>
/// <param name="InTheHour">Deposits within the hour before it.</param>
/// <param name="Alike">How many of those say nearly the same.</param>
public sealed record Inflow(int InTheHour, int Alike);

/// <summary>What a deposit says, for those who handle reports.</summary>
/// <param name="First">Whether it begins the report; else it adds to it.</param>
/// <param name="Kind">The kind of allegation: a key of the questionnaires.</param>
/// <param name="Language">The language it was written in: en, es or pt.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Answers">What was answered; a message has the one question <c>message</c>.</param>
/// <param name="Without">Who must not see it.</param>
/// <param name="Readers">The ids of those in the book who can open it, custodians of identities among them.</param>
/// <param name="Files">What was sent along.</param>
/// <param name="Inflow">What else came in meanwhile.</param>
public sealed record DepositContent(
    bool First, string Kind, string Language, ReportChannel Channel, IReadOnlyList<ContentAnswer> Answers, MustNotSee Without,
    IReadOnlyList<Guid> Readers, IReadOnlyList<ContentFile> Files, Inflow Inflow)
{
    /// <summary>The most bytes that one says.</summary>
    public const int Longest = (512 << 10) - sizeof(int);

    /// <summary>The lengths that contents are filled up to, in bytes.</summary>
    public static ReadOnlySpan<int> Steps => [8 << 10, 32 << 10, 128 << 10, 512 << 10];

    /// <summary>Writes it as it is sealed, before it is filled up.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, DepositJson.Default.DepositContent);

    /// <summary>Reads it; null where it is none.</summary>
    public static DepositContent? Read(ReadOnlySpan<byte> bytes) => DepositJson.Read(bytes, DepositJson.Default.DepositContent);
}

/// <summary>Who reports, for the custodian alone. Both are empty where the source gave no name: a part with neither is as long as one with both.</summary>
/// <param name="Name">The name they gave.</param>
/// <param name="Contact">How they can be reached.</param>
public sealed record DepositIdentity(string Name, string Contact)
{
    /// <summary>The lengths that identities are filled up to, in bytes: one.</summary>
    public static ReadOnlySpan<int> Steps => [2 << 10];

    /// <summary>Whether the source gave neither.</summary>
    [JsonIgnore]
    public bool IsEmpty => Name.Length == 0 && Contact.Length == 0;

    /// <summary>Writes it as it is sealed, before it is filled up.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, DepositJson.Default.DepositIdentity);

    /// <summary>Reads it; null where it is none.</summary>
    public static DepositIdentity? Read(ReadOnlySpan<byte> bytes) => DepositJson.Read(bytes, DepositJson.Default.DepositIdentity);
}

/// <summary>Where a report stands, as its source is told.</summary>
public enum SourceStage
{
    /// <summary>A person has read it.</summary>
    Acknowledged,

    /// <summary>It is being looked into.</summary>
    LookedInto,

    /// <summary>Something was found, or nothing; the text says what is done about it.</summary>
    Answered,

    /// <summary>Nothing more is done; the text says why.</summary>
    Closed,

    /// <summary>Somebody asks for the identity that was left: the text says who and why.</summary>
    IdentityAsked,

    /// <summary>The identity that was left was handed to one person.</summary>
    IdentityGiven,
}

/// <summary>What those who handle a report tell its source.</summary>
/// <param name="Stage">Where it stands from now on; null where that has not changed.</param>
/// <param name="Text">The message; empty where there is none.</param>
/// <param name="Until">The day by which they are told more; where their name is asked for, the day before which it is not handed on.</param>
public sealed record AnswerContent(SourceStage? Stage, string Text, DateOnly? Until)
{
    /// <summary>The lengths that answers are filled up to, in bytes.</summary>
    public static ReadOnlySpan<int> Steps => [2 << 10, 16 << 10, 64 << 10];

    /// <summary>Writes it as it is sealed, before it is filled up.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, DepositJson.Default.AnswerContent);

    /// <summary>Reads it; null where it is none.</summary>
    public static AnswerContent? Read(ReadOnlySpan<byte> bytes) => DepositJson.Read(bytes, DepositJson.Default.AnswerContent);
}

/// <summary>The ids of those who may read a report, kept under its receipt code.</summary>
internal sealed record RouteContent(IReadOnlyList<Guid> Readers);

/// <summary>The form of what is sealed: names in camelCase, nothing unknown.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, UseStringEnumConverter = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 8)]
[JsonSerializable(typeof(DepositContent))]
[JsonSerializable(typeof(DepositIdentity))]
[JsonSerializable(typeof(AnswerContent))]
[JsonSerializable(typeof(RouteContent))]
internal sealed partial class DepositJson : JsonSerializerContext
{
    public static T? Read<T>(ReadOnlySpan<byte> bytes, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
