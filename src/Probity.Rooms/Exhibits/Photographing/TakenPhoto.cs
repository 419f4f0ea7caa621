using Microsoft.AspNetCore.Http;
using Probity.Shared.Record;
using Probity.Shared.Uploads;

namespace Probity.Exhibits.Photographing;

/// <summary>The photograph that came with a form: kept before what the form is about, so that this can name it.</summary>
internal sealed class TakenPhoto(KeepPhoto slice)
{
    /// <summary>The field.</summary>
    public const string Field = "photo";

    /// <summary>The field that says which photograph came with the form before, when something else was missing.</summary>
    public const string KeptField = "photo-kept";

    /// <summary>What a form with a photograph may send.</summary>
    public static UploadLimit Limit { get; } = new(KeepPhoto.MaxBytes, PerMinute: 30);

    /// <summary>The id of the photograph, null where none was chosen; or the code of what is wrong with it.</summary>
    public async Task<(Guid? Photo, string? Code)> KeepAsync(HttpContext http, Guid person, Guid exhibit, Guid act, string? about)
    {
        var (whole, code) = await ReadAsync(http);
        if (whole is null) return (code is null ? await KeptAsync(http, person, exhibit, act) : null, code);
        if (await slice.FindAsync(exhibit, act, whole, http.RequestAborted) is { } known) return (known, null);
        var photo = IdOf(act, whole);
        return await slice.HandleAsync(person, new KeepPhoto.Command(exhibit, photo, whole, about), http.RequestAborted) switch
        {
            Outcome.Done => (photo, null),
            Outcome.Refused(var refusal, _) => (null, refusal.Code),
            _ => (null, SecondPerson.PhotoMissing),
        };
    }

    // Their own, and of nothing else: nobody picks one that is on the record for another act.
    async Task<Guid?> KeptAsync(HttpContext http, Guid person, Guid exhibit, Guid act) =>
        ExhibitWords.Id((await http.Request.ReadFormAsync(http.RequestAborted))[KeptField]) is { } kept && await slice.IsFreeAsync(person, exhibit, act, kept, http.RequestAborted) ? kept : null;

    /// <summary>The file as it came with the form, null where none was chosen; or the code of what is wrong with it.</summary>
    public static async Task<(byte[]? Bytes, string? Code)> ReadAsync(HttpContext http)
    {
        using var form = http.Features.Get<UploadedForm>();
        if (form?.Take(Field) is not { } file) return (null, null);
        using var bytes = file.Bytes;
        if (file.Fault != UploadFault.None) return (null, KeepPhoto.TooLarge);
        if (bytes.Length == 0) return (null, null);
        var whole = new byte[bytes.Length];
        await using (var stream = bytes.Open()) await stream.ReadExactlyAsync(whole, http.RequestAborted);
        return (whole, null);
    }

    /// <summary>The id of a form's photograph: the same form sent again keeps it once, and with another picture, that one too.</summary>
    public static Guid IdOf(Guid act, byte[] bytes) => Streams.Derive(act, "photograph/" + KeepPhoto.SumOf(bytes));
}
