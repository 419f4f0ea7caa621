using Probity.Access.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Keys;

namespace Probity.Cli.Sample;

/// <summary>
/// What a demo does for reports when it is first started: everybody who handles them has a key, confirmed by somebody else, and the passphrase of all of them is told. Made-up reports come in by the
/// reporter's own pages, as any would.
/// </summary>
internal static class SampleReports
{
    /// <summary>The passphrase of everybody's key in a demo, and in a demo only.</summary>
    public const string Passphrase = "five plain words for everybody";

    /// <summary>Makes and confirms keys where there are none yet, and names a custodian of identities.</summary>
    public static async Task MakeKeysAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (keys, unlock) = (services.GetRequiredService<ChangeKeys>(), services.GetRequiredService<Unlock>());
        if ((await keys.ReadAsync(cancel)).Custodians.Count > 0) return;
        var (register, now) = (await services.GetRequiredService<IRegister>().ReadAsync(cancel), services.GetRequiredService<TimeProvider>().GetUtcNow());
        Guid[] integrity = [.. register.Holders(Role.Integrity, now)], overseers = [.. register.Holders(Role.Overseer, now)];
        var custodian = register.Holders(Role.Registry, now)[0];
        await keys.HandleAsync(overseers[0], new ChangeKeys.Name(custodian), cancel);
        await keys.HandleAsync(integrity[0], new ChangeKeys.Agree(custodian), cancel);
        foreach (var person in (Guid[])[.. integrity, .. overseers, custodian])
        {
            await unlock.MakeAsync(person, Passphrase, cancel);
            var waiting = (await keys.ReadAsync(cancel)).WaitingKeyOf(person)?.Public;
            await keys.HandleAsync(overseers.Contains(person) ? integrity[0] : overseers[0], new ChangeKeys.Confirm(person, waiting), cancel);
        }

        await services.GetRequiredService<IntakeExchange>().RunOnceAsync(cancel);
    }

    /// <summary>Sends made-up reports to the pages, in three languages.</summary>
    public static async Task SendAsync(Uri pages, CancellationToken cancel)
    {
        (string Path, (string Field, string Value)[] Fields)[] reports =
        [
            ("/pt/form/1", [("what", "O motorista da carrinha branca entregou um envelope ao chefe do turno da noite, atrás do portão quatro. Já é a terceira vez."), ("when", "Terça-feira passada, depois da meia-noite"), ("where", "Porto, portão quatro"), ("names", "Horácio Amostra")]),
            ("/es/form/3", [("what", "En el depósito faltan dos paquetes de los que se pesaron en marzo. El libro dice otra cosa que el precinto."), ("exhibit", "Paquetes con precinto roto, unos dos kilos"), ("know", "Lo vi al contar")]),
            ("/en/form/5", [("what", "A man waited for me at my daughter's school and said that I should be ill on Friday."), ("danger", "My family"), ("name", "Somebody Invented"), ("contact", "Only through this page")]),
            ("/en/form/7", [("what", "The guard at the east gate sleeps at night. Everybody knows.")]),
        ];
        foreach (var (path, fields) in reports)
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = pages };
            using var answer = await client.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Field, field.Value))), cancel);
        }
    }
}
