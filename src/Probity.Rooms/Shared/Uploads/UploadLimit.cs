namespace Probity.Shared.Uploads;

/// <summary>What an endpoint that takes files allows: without it a form with files is not read at all.</summary>
/// <param name="FileBytes">The most bytes of one file.</param>
/// <param name="PerMinute">How many uploads one person may begin a minute.</param>
internal sealed record UploadLimit(long FileBytes, int PerMinute)
{
    /// <summary>
    /// The most bytes of a whole request. What is over <see cref="FileBytes"/> is read and thrown away, so that a browser that is
    /// still sending gets to see the answer.
    /// </summary>
    public long RequestBytes => 4 * FileBytes;
}

/// <summary>Why a file was not kept.</summary>
internal enum UploadFault
{
    /// <summary>It was.</summary>
    None,

    /// <summary>It is larger than the endpoint takes.</summary>
    TooLarge,

    /// <summary>The server holds as many bytes of uploads as it may.</summary>
    NoRoom,
}

/// <summary>A file as it was sent.</summary>
/// <param name="Name">What its sender calls it, made fit to be shown in one line; it is used for nothing else.</param>
/// <param name="Bytes">What is in it; whoever takes the file disposes of them.</param>
/// <param name="Fault">Why nothing was kept of it.</param>
internal sealed record UploadedFile(string Name, HeldBytes Bytes, UploadFault Fault);
