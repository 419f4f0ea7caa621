using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Probity.Ledger.Tests.Log;
using Probity.Storage;
using Probity.Storage.Credentials;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Faults;

/// <summary>The roles as docs/postgresql.md sets them up: a node can do its work with them, and nothing else.</summary>
public sealed class PostgresRolesTests : IDisposable
{
    readonly TemporaryFolder _place = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_role_of_a_node_appends_erases_and_verifies_and_can_change_nothing()
    {
        using var server = PostgresCluster.StartOwn();
        var (setUp, grants) = Documented();
        foreach (var statement in setUp.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) server.Execute("postgres", statement);
        var node = Path.Combine(_place.Path, "node");
        await using (await NodeFolder.CreateAsync(node, LogKeys.Generate("example.org/roles"), server.Connection("probity", "probity_owner"), TimeProvider.System, new LogOptions(), Ct)) { }
        // As a first start with the owner's connection leaves it: nobody could sign in with the nodes' role.
        var owner = NodeFolder.At(node);
        await PrepareCredentialsAsync(owner);
        File.WriteAllText(owner.PostgresFile, server.Connection("probity", "postgres"));
        await PrepareCredentialsAsync(owner);
        server.Execute("probity", "GRANT USAGE ON SCHEMA access TO probity_node");
        File.WriteAllText(owner.PostgresFile, server.Connection("probity", "probity_node"));
        Assert.Contains("belongs to another role", (await Assert.ThrowsAsync<InvalidDataException>(() => PrepareCredentialsAsync(owner))).Message, StringComparison.Ordinal);
        server.Execute("probity", grants);

        var own = server.Connection("probity", "probity_node");
        File.WriteAllText(NodeFolder.At(node).PostgresFile, own);
        await using (var log = await NodeFolder.OpenAsync(node, TimeProvider.System, new LogOptions(), Ct))
        {
            var stream = NewStream();
            await log.AppendAsync([], [.. Enumerable.Range(0, 600).Select(_ => Entry(stream))], Ct);
            await log.AppendAsync([], [Entry(stream)], Ct);
            await log.EraseAsync([], [], new ActorId(log.Id), [new CompartmentId(stream.Value)], Ct);
            await log.LeadAsync(async (lead, ct) => await log.AppendAsync([], [Entry(NewStream())], lead, ct), Ct);
        }

        var report = await NodeVerifier.VerifyAsync(node, new VerifyRequest(null, []), null, Ct);
        Assert.True(report.Ok, string.Join('\n', report.Checks.Where(check => !check.Ok)));
        await CheckCredentialsAsync(NodeFolder.At(node));

        await using var connection = new NpgsqlConnection(own);
        await connection.OpenAsync(Ct);
        foreach (var sql in (string[])
            ["UPDATE ledger.record SET sealed = header", "DELETE FROM ledger.record", "TRUNCATE ledger.record", "UPDATE ledger.checkpoint SET note = ''", "DELETE FROM ledger.checkpoint",
                "UPDATE ledger.meta SET vkey = ''", "DELETE FROM ledger.tail", "UPDATE ledger.tile SET number = 9", "DROP TABLE ledger.record", "ALTER TABLE ledger.record DISABLE TRIGGER ALL",
                "CREATE TABLE ledger.more (x integer)", "CREATE RULE quiet AS ON DELETE TO ledger.record DO INSTEAD NOTHING", "CREATE TABLE public.more (x integer)",
                "CREATE SCHEMA more", "SET ROLE probity_owner", "SET session_replication_role = replica", "COPY ledger.record TO PROGRAM 'true'"])
        {
            await using var command = new NpgsqlCommand(sql, connection);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));
            Assert.True(refused.SqlState == PostgresErrorCodes.InsufficientPrivilege, $"{sql}: {refused.Message}");
        }
    }

    /// <summary>What one node knows of a person's credentials, every other knows.</summary>
    static async Task CheckCredentialsAsync(NodeFolder folder)
    {
        for (var node = 0; node < 2; node++)
        {
            await using var services = new ServiceCollection().AddLogging().AddCredentials<IdentityUser<Guid>>(folder, _ => { }).BuildServiceProvider();
            await CredentialsStorage.PrepareCredentialsAsync<IdentityUser<Guid>>(services, Ct);
            await using var scope = services.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser<Guid>>>();
            if (node == 0)
            {
                var person = new IdentityUser<Guid> { Id = Guid.NewGuid(), UserName = "someone" };
                Assert.True((await users.CreateAsync(person, "Harbour violet 7 trumpet!")).Succeeded);
                await users.SetLockoutEndDateAsync(person, DateTimeOffset.UtcNow.AddMinutes(15));
                continue;
            }

            var found = await users.FindByNameAsync("someone");
            Assert.True(await users.CheckPasswordAsync(found!, "Harbour violet 7 trumpet!"));
            Assert.True(await users.IsLockedOutAsync(found!));
            await users.DeleteAsync(found!);
            await CredentialsStorage.PurgeAsync<IdentityUser<Guid>>(services, Ct);
        }
    }

    static async Task PrepareCredentialsAsync(NodeFolder folder)
    {
        await using var services = new ServiceCollection().AddLogging().AddCredentials<IdentityUser<Guid>>(folder, _ => { }).BuildServiceProvider();
        await CredentialsStorage.PrepareCredentialsAsync<IdentityUser<Guid>>(services, Ct);
    }

    static (string SetUp, string Grants) Documented()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Probity.slnx"))) folder = folder.Parent;
        var blocks = Regex.Matches(File.ReadAllText(Path.Combine(folder.FullName, "docs", "postgresql.md")), "```sql\n(.*?)```", RegexOptions.Singleline);
        Assert.Equal(2, blocks.Count);
        return (blocks[0].Groups[1].Value, blocks[1].Groups[1].Value);
    }

    public void Dispose() => _place.Dispose();
}
