using System.Security.Cryptography;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Weighing;
using Probity.Exports;
using Probity.Exports.Contract;
using Probity.Exports.Formats;
using Probity.Exports.TakingCopies;
using Probity.Procedures;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using Probity.Tests.Exhibits;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exports;

/// <summary>A house of exhibits from which copies are taken, and people who do with one exhibit whatever comes to their mind.</summary>
internal sealed class CopyHouse(ExhibitHouse house) : IAsyncDisposable
{
    public static readonly Guid Keeper = Staff.Id("keeper"), Lena = Staff.Id("lena"), Leo = Staff.Id("leo");

    public ExhibitHouse House => house;
    public CaseCopies Copies { get; } = new(house.Cases.Log, new ExhibitFiles(house.Cases.Log), new CaseTraces(house.Cases.Log));

    public TakeCopy Slice => new(new ExportDesk(house.Cases.Log, house.Get<Clerk>(), house.Get<IRegister>(), house.Get<ICaseFiles>(), Copies, house.Cases.Time));

    public static async Task<CopyHouse> CreateAsync(params Party[] parties) => new(await ExhibitHouse.CreateAsync(
        Staff.Agency().Unit("lab", "LAB").Post("lena", "lab", Role.Analyst).Post("leo", "lab", Role.Analyst), "ana", parties));

    public async Task<CopiedCase> CopiedAsync() => (await Copies.ReadAsync(house.Case, house.Cases.Log.Size, Cancel))!;

    public async Task<byte[]> BytesAsync(ExportFormat format, bool names = false) => await BytesAsync(await CopiedAsync(), format, names ? id => $"Name {id:N}"[..12] : null);

    public static async Task<byte[]> BytesAsync(CopiedCase copied, ExportFormat format, Func<Guid, string>? names)
    {
        using var stream = new MemoryStream();
        await using var sink = new CopySink(stream);
        await CopyWriting.WriteAsync(new CopyOrder(() => new[] { copied }.ToAsyncEnumerable(), format, names), sink, Cancel);
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(stream.ToArray())), stream.Length), (sink.Sha256, sink.Count));
        return stream.ToArray();
    }

    /// <summary>Some hours with one exhibit of two packages.</summary>
    public async Task<Guid> LiveAsync(int seed, int acts)
    {
        var random = new Random(seed);
        var exhibit = await house.SeizeAsync();
        var (holder, seals, weighed) = (house.Handler, new[] { "S-1", "S-2" }, new[] { 1_000m, 2_000m });
        for (var i = 0; i < acts; i++)
        {
            house.Cases.Time.Now += TimeSpan.FromMinutes(random.Next(1, 90));
            var package = random.Next(2);
            var second = new SecondPerson(Staff.Id("chief"), null, null);
            switch (random.Next(7))
            {
                case 0 or 1:
                    Done(await house.WeighAsync(exhibit, holder, weighed[package], second, package + 1, random.Next(3) == 0 ? MassKind.Net : MassKind.GrossSealed));
                    break;
                case 2:
                    var to = holder == Keeper ? house.Handler : Keeper;
                    SealedPackage[] read = [new(1, seals[0]), new(2, seals[1])];
                    var transfer = Guid.CreateVersion7();
                    Done(await house.GiveAsync(holder, Release(exhibit, to, transfer: transfer, authority: "REQ-1", seals: read)));
                    Done(await house.TakeAsync(to, house.Receipt(exhibit, holder, transfer: transfer, seals: read)));
                    holder = to;
                    break;
                case 3:
                    var seal = $"R-{i}";
                    Done(await house.Get<ResealPackage>().HandleAsync(holder, new(exhibit, Guid.CreateVersion7(), package + 1, seal, "=Label was torn, said Ana.", second, null), Cancel));
                    seals[package] = seal;
                    break;
                case 4:
                    await house.PhotographAsync(exhibit, holder);
                    break;
                case 5:
                    Done(await house.Get<DrawSample>().HandleAsync(holder, new(exhibit, Guid.CreateVersion7(), package + 1, new Grams(0.50m), house.Balance, $"D-{i}", $"M-{i}", "ST/NAR/38", 10, 7, second, null), Cancel));
                    seals[package] = $"D-{i}";
                    weighed[package] -= 0.5m;
                    break;
                default:
                    await AnalyseAsync(exhibit);
                    break;
            }
        }

        return exhibit;
    }

    // The newest sample, where there is one that still is with who drew it.
    async Task AnalyseAsync(Guid exhibit)
    {
        var of = await house.ExhibitAsync(exhibit);
        if (of.Samples.IsEmpty) return;
        var sample = await house.ExhibitAsync(of.Samples[^1].Id);
        if (sample.Chain.Holder == Lena) return;
        var seals = sample.SealsAt(house.Cases.Time.Now);
        Done(await house.GiveAsync(sample.Chain.Holder, Release(sample.Id, Lena, purpose: Purpose.Laboratory, authority: "REQ-2", seals: [.. seals])));
        Done(await house.TakeAsync(Lena, new(sample.Id, Guid.CreateVersion7(), Guid.CreateVersion7(), sample.Chain.Holder, null, null, seals, null)));
        var report = new ReportAnalysis.Command(sample.Id, Guid.CreateVersion7(), null, "cocaine-hcl", 82.40m, 1.5m, "GC-MS, FTIR", new Grams(0.5m), new Grams(0.1m), new Grams(0.05m), new Grams(0.2m), "VC-17");
        Done(await house.Get<ReportAnalysis>().HandleAsync(Lena, report, Cancel));
        Done(await house.Get<ReviewAnalysis>().HandleAsync(Leo, new(sample.Id, report.Analysis, true, null), Cancel));
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();
}
