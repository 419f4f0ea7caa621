using Probity.Access;
using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Cli.Sample;

/// <summary>
/// The people of the sample: a joint airport and seaport interdiction unit of Ventoclaro, a country that does not exist,
/// and those who stand around it. Every surname says that it is made up.
/// </summary>
internal sealed class SampleUnit
{
    static readonly Guid Namespace = new("5a3b1e00-0000-8000-8000-000000000001");

    static readonly string[] GivenNames =
    [
        "Adélia", "Baltasar", "Celeste", "Damião", "Elvira", "Fausto", "Graça", "Horácio", "Inés", "Jacinto", "Kwame", "Lúcia",
        "Matilde", "Nuno", "Olga", "Plácido", "Quitéria", "Ramiro", "Soledad", "Tomás", "Úrsula", "Valdir", "Wilma", "Xavier",
        "Yaa", "Zulmira", "Abena", "Benigno", "Clara", "Diógenes",
    ];

    static readonly string[] Surnames =
    [
        "Ejemplo", "Exemplo", "Ficticio", "Fictício", "Inventada", "Muestra", "Amostra", "Supuesto", "Madeup", "Imaginário",
    ];

    readonly List<Unit> _units = [];
    readonly List<Post> _posts = [];
    readonly List<Person> _people = [];
    readonly List<FoundingPosting> _postings = [];

    public SampleUnit()
    {
        var agency = AddUnit(null, "Customs and Ports Guard of Ventoclaro", "CPG");
        Joint = AddUnit(agency, "Joint Airport and Seaport Interdiction Unit", "JIU");
        Airport = AddUnit(Joint, "Airport team, Aeroporto da Brisa", "JAT");
        Seaport = AddUnit(Joint, "Seaport team, Puerto Sereno", "JST");
        Store = AddUnit(Joint, "Exhibit store", "JES");
        var prosecution = AddUnit(null, "Public Prosecution of Ventoclaro", "PPV");
        var integrity = AddUnit(null, "Integrity Office", "IOF");
        var ombudsman = AddUnit(null, "Ombudsman of Ventoclaro", "OMB");

        var chief = Seat(agency, "Director", Role.Commander, null);
        var commander = Seat(Joint, "Unit commander", Role.Commander, chief);
        var deputy = Seat(Joint, "Deputy commander", Role.Commander, commander);
        var airport = Seat(Airport, "Head of the airport team", Role.Commander, deputy);
        var seaport = Seat(Seaport, "Head of the seaport team", Role.Commander, deputy);
        Seats(Airport, "Officer, airport", Role.Officer, airport, 14);
        Seats(Seaport, "Officer, seaport", Role.Officer, seaport, 14);
        Seats(Store, "Exhibit custodian", Role.Custodian, deputy, 4);
        var attorney = Seat(prosecution, "Chief prosecutor", Role.Prosecutor, null);
        Seats(prosecution, "Prosecutor", Role.Prosecutor, attorney, 5);
        Seats(integrity, "Integrity officer", Role.Integrity, null, 3);
        Seats(integrity, "Vetting officer", Role.Vetting, null, 2);
        Seats(integrity, "Internal investigator", Role.Investigator, null, 2);
        Seats(ombudsman, "External overseer", Role.Overseer, null, 2);
        Seats(ombudsman, "Civil-society monitor", Role.Monitor, null, 2);
        Seats(ombudsman, "Secretariat", Role.Secretariat, null, 2);
        Seats(AddUnit(null, "Systems", "SYS"), "System administrator", Role.Administrator, null, 2);
        Seats(AddUnit(null, "Forensic Laboratory of Ventoclaro", "LAB"), "Analyst", Role.Analyst, null, 3);
        var court = AddUnit(null, "Court of Ventoclaro", "COV");
        Seats(court, "Judge", Role.Judge, null, 2);
        Seats(court, "Court registrar", Role.Registry, null, 2);
        Left = Id("person/left");
        _people.Add(new Person(Left, "Evaristo Ficticio Anterior"));
    }

    public Guid Joint { get; }
    public Guid Airport { get; }
    public Guid Seaport { get; }
    public Guid Store { get; }

    /// <summary>Somebody who left before the record began, and holds no post.</summary>
    public Guid Left { get; }

    /// <summary>Who is who on the sample's first day.</summary>
    public FoundingPlan Plan => new(_units, _posts, _people, _postings);

    /// <summary>Everybody in posts of a role, in the order in which they joined.</summary>
    public IReadOnlyList<Guid> Holders(Role role, Guid? unit = null) => [.. _postings
        .Select(p => (p.Person, Post: _posts.Single(post => post.Id == p.Post)))
        .Where(p => p.Post.Role == role && (unit is null || p.Post.Unit == unit))
        .Select(p => p.Person)];

    /// <summary>A made-up name that is not staff.</summary>
    public static string Outsider(Random random) =>
        $"{GivenNames[random.Next(GivenNames.Length)]} {Surnames[random.Next(Surnames.Length)]} Passageiro";

    public string NameOf(Guid person) => _people.Single(p => p.Id == person).Name!;

    /// <summary>An id that is the same in every sample.</summary>
    public static Guid Id(string name) => Streams.Derive(Namespace, name);

    Guid AddUnit(Guid? parent, string name, string code)
    {
        var id = Id("unit/" + code);
        _units.Add(new Unit(id, parent, name, code));
        return id;
    }

    void Seats(Guid unit, string title, Role role, Guid? reportsTo, int count)
    {
        for (var i = 0; i < count; i++) Seat(unit, $"{title} {i + 1}", role, reportsTo);
    }

    Guid Seat(Guid unit, string title, Role role, Guid? reportsTo)
    {
        var number = _people.Count;
        var name = $"{GivenNames[number % GivenNames.Length]} {Surnames[(number + number / GivenNames.Length) % Surnames.Length]}";
        var post = new Post(Id("post/" + title), unit, title, role, reportsTo);
        var person = new Person(Id("person/" + title), name);
        _posts.Add(post);
        _people.Add(person);
        _postings.Add(new FoundingPosting(Id("posting/" + title), person.Id, post.Id, "In post when the record began."));
        return post.Id;
    }
}
