using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Probity.Shared.Record;
using Probity.Storage.Views;

namespace Probity.Tests.Shared;

/// <summary>Two indexes over the same columns are one to the mapper, unless each was named as it was made: the second takes the place of the first, and only the time that a page takes shows it.</summary>
public sealed class IndexTests
{
    static string Rooms([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Probity.Rooms"));

    [Fact]
    public async Task Each_index_that_the_mappings_name_is_made()
    {
        var named = Directory.EnumerateFiles(Rooms(), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => Regex.Matches(File.ReadAllText(f), "\"(IX_[A-Za-z_]+)\"").Select(m => m.Groups[1].Value)).ToHashSet();
        Assert.True(named.Count > 4, $"{named.Count} found");
        await using var services = new ServiceCollection().AddViews(Path.Combine(Path.GetTempPath(), "never-made.db"), typeof(Clerk).Assembly).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var made = scope.ServiceProvider.GetRequiredService<ViewsDb>().Model.GetEntityTypes().SelectMany(t => t.GetIndexes()).Select(i => i.Name ?? i.GetDatabaseName()!).ToHashSet();
        Assert.Empty(named.Except(made).Order(StringComparer.Ordinal));
    }
}
