using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Access.Leaving;
using Probity.Access.Reviewing;
using Probity.Access.Staffing;
using Probity.Cases;
using Probity.Conduct;
using Probity.Exhibits;
using Probity.Interdiction;
using Probity.Ledger;
using Probity.People;
using Probity.People.Declaring;
using Probity.People.Training;
using Probity.People.Passports;
using Probity.Policies;
using Probity.Procedures;
using Probity.Protection;
using Probity.Risk;
using Probity.Shared.Drawing;
using Probity.Shared.Record;
using Probity.Storage;

namespace Probity.Cli.Sample;

/// <summary>
/// Makes a data folder with the sample unit. It is made beside its place and moved there whole: what was cut short leaves
/// nothing that looks like a node.
/// </summary>
internal static class SampleFolder
{
    /// <summary>The log's name: a sample is never taken for a real node.</summary>
    public const string Origin = "demo";

    /// <exception cref="IOException">The folder is there already and is not empty, or cannot be written.</exception>
    public static async Task MakeAsync(string path, IProgress<double> progress, CancellationToken cancel)
    {
        var target = Path.GetFullPath(path);
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new IOException($"{target} holds something other than a node: name a new folder with --data.");
        var part = target + ".part";
        if (Directory.Exists(part)) Directory.Delete(part, recursive: true);

        var clock = new SampleClock(SamplePlan.Begin);
        // Nothing is lost by a power cut that would not be made again: the folder does not have its name yet.
        var log = await NodeFolder.CreateAsync(part, Origin, clock, new LogOptions { Durability = Durability.OnlyWhenClosed }, cancel);
        await using (log)
        {
            await using var rooms = Rooms(log, clock, NodeFolder.At(part));
            await new SampleYears(rooms, log, clock, new SampleUnit()).RunAsync(progress, cancel);
        }

        if (Directory.Exists(target)) Directory.Delete(target);
        Directory.Move(part, target);
    }

    static ServiceProvider Rooms(TransparencyLog log, TimeProvider clock, NodeFolder folder) => new ServiceCollection()
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddSingleton(_ => log)
        .AddSingleton(clock)
        .AddSingleton<Clerk>()
        .AddSingleton<ReactionRunner>()
        .AddSingleton<IRegister, RegisterReader>()
        .AddSingleton<Founding>()
        .AddSingleton(DrawSeeds.FromSecret(FixDraws(folder))).AddSingleton(_ => new PassportKeys(folder.DeriveKey(PassportKeys.Purpose), log.VerifierKey.Name))
        .AddSingleton<RegisterDesk>().AddSingleton<ErasedCredentials>().AddSingleton<Leave>().AddSingleton<ReviewUnit>().AddSingleton<ReviewReader>().AddOptions()
        .AddCases().AddExhibits().AddInterdiction().AddPolicies().AddDeclarations().AddConduct().AddPeople().AddTraining().AddRisk().AddSopDecisions().AddProtection()
        .BuildServiceProvider();

    // The sample's draws come out the same each time; a real node's secret is random.
    static byte[] FixDraws(NodeFolder folder)
    {
        var secret = SHA256.HashData("the draws of Probity's sample"u8);
        File.WriteAllBytes(Path.Combine(folder.SecretsFolder, "draw.key"), secret);
        return secret;
    }
}
