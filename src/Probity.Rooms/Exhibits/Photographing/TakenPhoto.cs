using Microsoft.AspNetCore.Http;
using Probity.Shared.Record;
using Probity.Shared.Uploads;

namespace Probity.Exhibits.Photographing;

/// <summary>The photograph that came with a form: kept before what the form is about, so that this can name it.</summary>
internal sealed class TakenPhoto(KeepPhoto slice)
{
    /// <summary>The field.</summary>
    public const string Field = "photo";

    /// <summary>What a form with a photograph may send.</summary>
    public static UploadLimit Limit { get; } = new(KeepPhoto.MaxBytes, PerMinute: 30);

    /// <summary>The id of the photograph, null where none was chosen; or the code of what is wrong with it.</summary>
    public async Task<(Guid? Photo, string? Code)> KeepAsync(HttpContext http, Guid person, Guid exhibit, Guid act, string? about)
    {
        using var form = http.Features.Get<UploadedForm>();
        if (form?.Take(Field) is not { } file) return (null, null);
        using var bytes = file.Bytes;
        if (file.Fault != UploadFault.None) return (null, KeepPhoto.TooLarge);
        if (bytes.Length == 0) return (null, null);
        var whole = new byte[bytes.Length];
        await using (var stream = bytes.Open()) await stream.ReadExactlyAsync(whole, http.RequestAborted);
        // The same form sent again keeps it once.
        var photo = Streams.Derive(act, "photograph");
        return await slice.HandleAsync(person, new KeepPhoto.Command(exhibit, photo, whole, about), http.RequestAborted) switch
        {
            Outcome.Done => (photo, null),
            Outcome.Refused(var refusal, _) => (null, refusal.Code),
            _ => (null, SecondPerson.PhotoMissing),
        };
    }
}
