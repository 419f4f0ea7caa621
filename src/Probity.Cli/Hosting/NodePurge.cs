using Probity.Access;
using Probity.Shared.Views;
using Probity.Storage.Credentials;
using Probity.Storage.Views;

namespace Probity.Cli.Hosting;

/// <summary>Clears what was deleted out of the files of the views and the credentials.</summary>
internal sealed class NodePurge(IServiceProvider services) : IPurge
{
    public async Task PurgeAsync(CancellationToken cancel)
    {
        await PurgeViewsAsync(cancel);
        await CredentialsStorage.PurgeAsync<Credential>(services, cancel);
    }

    public Task PurgeViewsAsync(CancellationToken cancel) => ViewsStorage.PurgeAsync(services, cancel);
}
