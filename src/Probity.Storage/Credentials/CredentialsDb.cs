using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Probity.Storage.Postgres;

namespace Probity.Storage.Credentials;

/// <summary>
/// What people sign in with, in <c>access.db</c> or, where the log lies in PostgreSQL, in the schema <c>access</c> beside it, which all
/// nodes share: never on the record, for a password has to be forgotten when it is changed.
/// The type of a credential is the rooms' own; its key is the person's id in the register.
/// </summary>
public sealed class CredentialsDb<TCredential>(DbContextOptions<CredentialsDb<TCredential>> options)
    : IdentityUserContext<TCredential, Guid>(options)
    where TCredential : IdentityUser<Guid>
{
    internal const string Schema = "access";

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        if (Database.IsNpgsql()) builder.HasDefaultSchema(Schema);
    }
}

/// <summary>Gives the credentials a database.</summary>
public static class CredentialsStorage
{
    /// <summary>Raised with the tables; a file of another version is refused, never rebuilt: its content stands nowhere else.</summary>
    const int Version = 1;

    /// <summary>Registers the credentials' context and ASP.NET Core Identity over it.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="folder">The node, whose database they lie in; made by <see cref="PrepareCredentialsAsync"/>.</param>
    /// <param name="configure">The rules for passwords and names.</param>
    public static IServiceCollection AddCredentials<TCredential>(
        this IServiceCollection services, NodeFolder folder, Action<IdentityOptions> configure)
        where TCredential : IdentityUser<Guid>
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (folder.ReadConnection() is { } connection)
        {
            services.AddSingleton(_ => PostgresServer.Open(connection));
            services.AddDbContext<CredentialsDb<TCredential>>((s, o) => o.UseNpgsql(s.GetRequiredService<NpgsqlDataSource>()));
        }
        else services.AddDbContext<CredentialsDb<TCredential>>(o => o.UseSqlite($"Data Source={folder.AccessFile};Pooling=False").AddInterceptors(Overwriting.Durable));

        services.AddIdentityCore<TCredential>(configure).AddEntityFrameworkStores<CredentialsDb<TCredential>>();
        return services;
    }

    /// <summary>Makes the tables where they are not there; a file is readable by its owner alone.</summary>
    /// <exception cref="InvalidDataException">The file is of another version.</exception>
    public static async Task PrepareCredentialsAsync<TCredential>(IServiceProvider services, CancellationToken cancel)
        where TCredential : IdentityUser<Guid>
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CredentialsDb<TCredential>>();
        if (db.Database.IsNpgsql())
        {
            await PostgresTables.PrepareAsync(db, CredentialsDb<TCredential>.Schema, Version, cancel);
            return;
        }

        var file = new DbConnectionStringBuilder { ConnectionString = db.Database.GetConnectionString() }["Data Source"].ToString()!;
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await new FileStream(file, options).DisposeAsync();
        }

        await CredentialsFile.OpenAsync(db.Database, file, cancel);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var found = Convert.ToInt32(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
        if (found == 0)
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancel);
            await db.Database.EnsureCreatedAsync(cancel);
            await db.Database.ExecuteSqlRawAsync(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={Version}"), cancel);
        }
        else if (found != Version)
            throw new InvalidDataException($"{file} was made by another version of Probity ({found}; this one reads {Version}): run that version.");
    }

    /// <summary>Empties the write-ahead log, so that no byte of a deleted credential is left in it.</summary>
    /// <exception cref="IOException">Somebody kept reading.</exception>
    public static async Task PurgeAsync<TCredential>(IServiceProvider services, CancellationToken cancel)
        where TCredential : IdentityUser<Guid>
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CredentialsDb<TCredential>>();
        if (db.Database.IsNpgsql()) await PostgresTables.PurgeAsync(db, cancel);
        else await Overwriting.EmptyLogAsync(db, cancel);
    }
}
