using System.Globalization;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;

namespace Probity.Exports.Formats;

/// <summary>
/// A case in CASE/UCO: the investigation, those who act in it with their roles, its exhibits as items with provenance records, and each thing that was done
/// with them as an investigative action. Figures for which the ontology has no term are arguments of the action, under the names of the record.
/// </summary>
internal sealed class LinkedCase
{
    readonly CopiedCase _case;
    readonly Func<Guid, string>? _names;
    readonly LinkedGraph _graph;
    readonly List<Guid> _objects = [];
    readonly List<Guid> _authorizations = [];
    readonly List<(ExhibitFile Exhibit, CustodyStep Step)> _steps;

    LinkedCase(CopiedCase copied, Func<Guid, string>? names, LinkedGraph graph)
    {
        (_case, _names, _graph) = (copied, names, graph);
        _steps = [.. copied.Exhibits.Exhibits.SelectMany(e => CustodySteps.Of(e, names is not null).Select(s => (e, s)))];
    }

    public static void Write(CopiedCase copied, Func<Guid, string>? names, Stream stream)
    {
        using var graph = new LinkedGraph(stream);
        new LinkedCase(copied, names, graph).Write();
    }

    void Write()
    {
        People();
        Places();
        foreach (var serial in _steps.Where(s => s.Step.Balance is not null).Select(s => s.Step.Balance!.Value.Serial).Distinct().Order(StringComparer.Ordinal))
            Put(BalanceOf(serial), "uco-tool:Tool", () => _graph.Text("uco-core:name", serial));
        foreach (var exhibit in _case.Exhibits.Exhibits) Exhibit(exhibit);
        foreach (var (exhibit, step) in _steps) Action(exhibit, step);
        Investigation();
    }

    void Investigation() => _graph.Node(_case.Id, "case-investigation:Investigation", () =>
    {
        _graph.Text("uco-core:name", _case.Number);
        _graph.Text("uco-core:description", _names is null ? null : _case.Opening.Summary);
        _graph.Typed("case-investigation:investigationForm", "case-vocabulary:InvestigationFormVocab", "case");
        _graph.Text("case-investigation:investigationStatus", Codes.Of(_case.Stages[^1].Stage));
        _graph.Text("case-investigation:focus", "ICCS " + _case.Opening.Offence);
        _graph.Time("uco-core:startTime", _case.Opened);
        if (_case.Closed is { } closed) _graph.Time("uco-core:endTime", closed.At);
        _graph.To("case-investigation:relevantAuthorization", _authorizations);
        _graph.To("uco-core:object", _objects);
    });

    void People()
    {
        var analysts = _steps.Where(s => s.Step.Entry.Event is AnalysisReported or NothingControlledFound or AnalysisReviewed).Select(s => s.Step.Entry.Actor.Value).ToHashSet();
        var roles = _case.Seats.Select(s => (s.Person, Type: s.Seat == Seat.Handler ? "case-investigation:Investigator" : "case-investigation:Attorney", Name: Codes.Of(s.Seat)))
            .Concat(analysts.Order().Select(a => (Person: a, Type: "case-investigation:Examiner", Name: "analyst")))
            .Concat(_case.Parties.Select(p => (
                Person: PersonOf(p.Number, p.Party), Type: p.Party.Role == PartyRole.Subject ? "case-investigation:Subject" : "uco-role:Role", Name: Codes.Of(p.Party.Role))))
            .Distinct().ToList();
        foreach (var (number, party) in _case.Parties.Where(p => p.Party.Person is null))
            Put(PersonOf(number, party), "uco-identity:Person", () => _graph.Text("uco-core:name", _names is null ? null : party.Name));
        foreach (var person in _steps.SelectMany(s => s.Step.People.Select(p => p.Person)).Concat(_case.Seats.Select(s => s.Person))
            .Concat(_case.Parties.Where(p => p.Party.Person is not null).Select(p => p.Party.Person!.Value)).Distinct().Order())
            Put(person, "uco-identity:Person", () => _graph.Text("uco-core:name", _names?.Invoke(person)));
        foreach (var (person, type, name) in roles)
        {
            var role = LinkedGraph.Part(_case.Id, $"role/{name}/{person:D}");
            Put(role, type, () => _graph.Text("uco-core:name", name));
            Put(LinkedGraph.Part(role, "held"), "uco-core:Relationship", () =>
            {
                _graph.Text("uco-core:kindOfRelationship", "has-role");
                _graph.Truth("uco-core:isDirectional", true);
                _graph.To("uco-core:source", person);
                _graph.To("uco-core:target", role);
            });
        }
    }

    void Places()
    {
        foreach (var place in _steps.Where(s => s.Step.Place is not null).Select(s => s.Step.Place!.Value).Distinct().Order())
            Put(place, "uco-location:Location", () => _graph.Text("uco-core:name", _case.Exhibits.Places.GetValueOrDefault(place)));
        foreach (var seizure in _case.Exhibits.Seizures)
        {
            var at = LinkedGraph.Part(seizure.Id, "place");
            Put(at, "uco-location:Location", () =>
            {
                _graph.Text("uco-core:name", Codes.Of(seizure.Of.Place));
                _graph.Within("uco-core:hasFacet", [() => _graph.Node(LinkedGraph.Part(at, "address"), "uco-location:SimpleAddressFacet", () =>
                {
                    _graph.Text("uco-location:country", seizure.Of.Country);
                    _graph.Text("uco-location:region", seizure.Of.Region);
                    _graph.Text("uco-location:locality", seizure.Of.City);
                })]);
            });
        }
    }

    void Exhibit(ExhibitFile exhibit)
    {
        Put(exhibit.Id, "uco-core:Item", () =>
        {
            _graph.Text("uco-core:name", exhibit.Number);
            _graph.Text("uco-core:tag", Codes.Of(exhibit.Kind));
            _graph.Text("uco-core:description", _names is null || exhibit.Description.Length == 0 ? null : exhibit.Description);
        });
        var photos = exhibit.Events.Select(e => e.Event).OfType<PhotoKept>().ToList();
        foreach (var photo in photos)
        {
            Put(photo.Photo, "uco-observable:RasterPicture", () => _graph.Within("uco-core:hasFacet", [() =>
                _graph.Node(LinkedGraph.Part(photo.Photo, "content"), "uco-observable:ContentDataFacet", () =>
                {
                    _graph.Text("uco-observable:mimeType", photo.MediaType);
                    _graph.Typed("uco-observable:sizeInBytes", "xsd:integer", photo.Bytes.ToString(CultureInfo.InvariantCulture));
                    _graph.Within("uco-observable:hash", [() => _graph.Node(LinkedGraph.Part(photo.Photo, "sha256"), "uco-types:Hash", () =>
                    {
                        _graph.Typed("uco-types:hashMethod", "uco-vocabulary:HashNameVocab", "SHA256");
                        _graph.Typed("uco-types:hashValue", "xsd:hexBinary", photo.Sha256.ToUpperInvariant());
                    })]);
                })]));
        }

        Put(LinkedGraph.Part(exhibit.Id, "provenance"), "case-investigation:ProvenanceRecord", () =>
        {
            _graph.Text("case-investigation:exhibitNumber", exhibit.Number);
            _graph.Text("case-investigation:rootExhibitNumber", _case.Exhibits.Exhibits.FirstOrDefault(e => e.Id == exhibit.Root)?.Number ?? exhibit.Number);
            _graph.To("uco-core:object", [exhibit.Id, .. photos.Select(p => p.Photo)]);
        });
    }

    void Action(ExhibitFile exhibit, CustodyStep step)
    {
        var id = ActionOf(step);
        if (step.Authority is { } authority)
        {
            var permission = LinkedGraph.Part(id, "authorization");
            _authorizations.Add(permission);
            _graph.Node(permission, "case-investigation:Authorization", () =>
            {
                _graph.Text("case-investigation:authorizationType", authority.Kind);
                _graph.Text("case-investigation:authorizationIdentifier", authority.Reference);
                _graph.Text("uco-core:description", authority.Day is { } day ? string.Create(CultureInfo.InvariantCulture, $"Ordered on {day:yyyy-MM-dd}") : null);
            });
        }

        Put(id, "case-investigation:InvestigativeAction", () =>
        {
            _graph.Text("uco-core:name", step.Activity);
            _graph.Time("uco-action:startTime", step.Entry.When);
            _graph.To("uco-action:performer", step.People[0].Person);
            _graph.To("uco-action:participant", [.. step.People.Skip(1).Select(p => p.Person).Distinct()]);
            _graph.To("uco-action:object", exhibit.Id);
            _graph.To("uco-action:instrument", step.Balance is { } balance ? BalanceOf(balance.Serial) : null);
            _graph.To("uco-action:location", step.Place ?? (step.Entry.Event is ExhibitSeized seized ? LinkedGraph.Part(seized.Seizure, "place") : null));
            _graph.To("uco-action:result", step.Photo?.Photo ?? (_case.Exhibits.Exhibits.Any(e => e.Id == step.Sample) ? step.Sample : null));
            _graph.To("case-investigation:wasInformedBy", InformedBy(step));
            _graph.Within("uco-core:hasFacet", [.. step.Values.Select(value => (System.Action)(() =>
                _graph.Node(LinkedGraph.Part(id, value.Name), "uco-action:ActionArgumentFacet", () =>
                {
                    _graph.Text("uco-action:argumentName", value.Name);
                    _graph.Text("uco-action:value", value.Text);
                })))]);
        });
    }

    // Who takes acts on what the other signed; who reviews, on what was reported.
    Guid? InformedBy(CustodyStep step)
    {
        var before = step.Entry.Event switch
        {
            ExhibitReceived e => _steps.Find(s => s.Step.Entry.Event is ExhibitHandedOver given && given.Transfer == e.Transfer).Step,
            AnalysisReviewed e => _steps.Find(s =>
                (s.Step.Entry.Event is AnalysisReported report && report.Analysis == e.Analysis) || (s.Step.Entry.Event is NothingControlledFound nothing && nothing.Analysis == e.Analysis)).Step,
            _ => null,
        };
        return before is null ? null : ActionOf(before);
    }

    void Put(Guid id, string type, System.Action write)
    {
        _objects.Add(id);
        _graph.Node(id, type, write);
    }

    Guid ActionOf(CustodyStep step) => LinkedGraph.Part(_case.Id, string.Create(CultureInfo.InvariantCulture, $"entry/{step.Entry.Index}"));

    Guid BalanceOf(string serial) => LinkedGraph.Part(_case.Id, "balance/" + serial);

    Guid PersonOf(int number, Party party) => party.Person ?? LinkedGraph.Part(_case.Id, string.Create(CultureInfo.InvariantCulture, $"party/{number}"));
}
