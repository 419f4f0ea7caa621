using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Exhibits.Listing;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits;

/// <summary>The first so many of something are the first in an order.</summary>
public sealed class OrderedRowsTests
{
    [Fact]
    public async Task Rows_in_no_order_are_not_cut_off_and_every_first_screen_reads_its_steps()
    {
        await using var host = await StaffHost.StartAsync();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var rows = scope.ServiceProvider.GetRequiredService<DbContext>().Set<ExhibitRow>();
            await Assert.ThrowsAsync<InvalidOperationException>(() => rows.Where(r => r.Packages > 1).Take(5).ToListAsync(TestContext.Current.CancellationToken));
            Assert.Empty(await rows.Where(r => r.Packages > 1).OrderBy(r => r.Id).Take(5).ToListAsync(TestContext.Current.CancellationToken));
        }

        foreach (var role in Enum.GetValues<Role>())
        {
            using var browser = await host.SignedInAsync(role);
            await browser.TextAsync("/");
        }

        Assert.DoesNotContain(host.Logs.Lines, l => l.Contains("could not be read", StringComparison.Ordinal));
    }
}
