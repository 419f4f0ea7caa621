using Probity.Shared.Record;

namespace Probity.Exhibits.Contract;

/// <summary>
/// A bundle of a case was printed for the court. <paramref name="Sha256"/> is of the whole file, in hexadecimal; <paramref name="Size"/> is how many entries the
/// record had; <paramref name="For"/> is whom it is for, in the words of who printed it.
/// </summary>
[EventType("exhibits.bundle-made.v1")]
internal sealed record BundleMade(Guid Bundle, string Sha256, int Bytes, int Pages, int Exhibits, long Size, string Language, string For) : IEvent;
