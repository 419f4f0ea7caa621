using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Probity.Storage.Sqlite;

namespace Probity.Storage.Credentials;

/// <summary>Opens the file of credentials where it is in order: what it holds stands nowhere else, so it is never made anew by itself.</summary>
internal static class CredentialsFile
{
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="IOException">Its disk does not read or write.</exception>
    public static async Task OpenAsync(DatabaseFacade database, string file, CancellationToken cancel)
    {
        try
        {
            await database.OpenConnectionAsync(cancel);
            if (await SqliteHealth.IsWholeAsync(database.GetDbConnection(), cancel)) return;
        }
        catch (SqliteException fault) when (!SqliteHealth.IsDamage(fault))
        {
            throw SqliteFaults.Explain(fault, file);
        }
        catch (SqliteException)
        {
            // Said below.
        }

        throw new InvalidDataException($"{file}, which holds what people sign in with, is damaged: put its newest backup back. The record is not touched by that.");
    }
}
