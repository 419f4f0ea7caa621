using System.Collections.Immutable;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Balancing;

/// <summary>Two weighings of the same thing, one after the other.</summary>
/// <param name="Exhibit">What was weighed: what was seized, or a sample.</param>
/// <param name="Package">The package, null for all of it.</param>
/// <param name="Earlier">The earlier weighing's act.</param>
/// <param name="Later">The later one's.</param>
/// <param name="From">When the earlier one was.</param>
/// <param name="At">When the later one was.</param>
/// <param name="Difference">How much heavier it was, after what was taken and recorded is allowed for.</param>
/// <param name="Opened">Whether it was closed with another seal in between, so that what is around it may weigh otherwise.</param>
/// <param name="Counts">Whether it is part of the whole difference; else another step has it already.</param>
internal sealed record MassStep(
    Guid Exhibit, int? Package, Guid Earlier, Guid Later, DateTimeOffset From, DateTimeOffset At, MassSum Difference, bool Opened, bool Counts);

/// <summary>
/// What the weighings of one kind say of one exhibit: what it weighed first, what it should weigh now, and each difference on the way. Like is held
/// against like: net against net, with its packaging against with its packaging.
/// </summary>
internal sealed class MassCourse
{
    readonly Exhibit _exhibit;
    readonly MassKind _kind;
    readonly Dictionary<int, MassSum> _each = [], _firsts = [], _before = [];
    readonly Dictionary<int, Reading> _last = [], _first = [];
    readonly HashSet<int> _again = [], _here = [], _since = [];
    readonly HashSet<Guid> _by = [];
    readonly Dictionary<int, decimal> _repacked = [];
    readonly List<MassStep> _steps = [];
    readonly Dictionary<int, Grams> _rough = [];
    readonly Grams _within;
    readonly DateTimeOffset? _arrived;
    MassSum? _base, _whole;
    Reading? _wholeLast;
    Grams _firstUncertainty;
    bool _asOne, _wholeAgain, _wholeHere;

    MassCourse(Exhibit exhibit, MassKind kind, Grams within)
    {
        (_exhibit, _kind, _within) = (exhibit, kind, within);
        _arrived = exhibit.Chain.Last?.In.At;
    }

    /// <summary>What it weighed first; null where not all of it was weighed in this way.</summary>
    public MassSum? First => _base;

    /// <summary>What there is of it now, by the newest weighing of each part, less what was taken since.</summary>
    public MassSum Now => _whole ?? MassSum.Zero;

    /// <summary>What was drawn from it or used up, and recorded.</summary>
    public MassSum Taken { get; private set; } = MassSum.Zero;

    /// <summary>Its packaging, as far as that is known and what was burned was weighed without it.</summary>
    public MassSum Packaging { get; private set; } = MassSum.Zero;

    /// <summary>How many hands it had gone to when it was first weighed; a sample is weighed as it is drawn.</summary>
    public int Hands { get; private set; }

    /// <summary>Whether who weighed it first had it neither as its seizer nor from them.</summary>
    public bool IsLate => Hands > 1;

    public IReadOnlyList<MassStep> Steps => _steps;

    /// <summary>How much of the first mass somebody else has weighed again.</summary>
    public decimal Again => _base is null ? 0m : _wholeAgain ? _base.Value : Math.Min(_base.Value, _again.Sum(p => _firsts[p].Value));

    /// <summary>How much of what there is was weighed since it came to where it is.</summary>
    public decimal Here => _whole is null ? 0m : _wholeHere ? _whole.Value : Math.Min(_whole.Value, _here.Sum(p => _each[p].Value));

    /// <summary>Whether all of it was weighed again by somebody else.</summary>
    public bool IsAgain => _wholeAgain || (_exhibit.Packages.Length > 0 && _exhibit.Packages.All(p => _again.Contains(p.Number)));

    /// <summary>Whether any weighing of this kind is there.</summary>
    public bool IsEmpty => _wholeLast is null && _last.Count == 0;

    /// <summary>Whether some of it was last weighed again too roughly to be held against what it weighed first: that weighing tells nothing, and is part of no figure.</summary>
    public bool IsTooRoughAgain => _rough.Count > 0;

    /// <param name="exhibit">What was weighed.</param>
    /// <param name="kind">In which way.</param>
    /// <param name="within">The uncertainty up to which a weighing again is rough enough for nobody: of a sample, that of what it was drawn from.</param>
    public static MassCourse Of(Exhibit exhibit, MassKind kind, Grams? within = null)
    {
        var course = new MassCourse(exhibit, kind, within ?? Grams.Zero);
        foreach (var happened in InOrder(exhibit, kind))
        {
            if (happened.Taken is { } taken) course.Take(taken, happened.Act);
            else if (happened.Reading is { Package: { } package } one) course.Weigh(one, package);
            else course.Weigh(happened.Reading!);
        }

        course.Burn();
        return course;
    }

    sealed record Happened(DateTimeOffset At, Reading? Reading, Taken? Taken, Guid Act);

    // In the order of the record, and then by the clock; what the laboratory weighed stands before what it used up.
    static IEnumerable<Happened> InOrder(Exhibit exhibit, MassKind kind)
    {
        var all = new List<Happened>();
        var (taken, samples) = (exhibit.Taken, new Queue<Guid>(exhibit.Samples.Select(s => s.Act)));
        var nets = kind == MassKind.Net ? exhibit.Results.Where(a => a.Net is not null).ToList() : [];
        for (var at = 0; at <= exhibit.Readings.Length; at++)
        {
            foreach (var t in taken.Where(t => t.After == at))
            {
                if (nets.Find(a => a.Id == t.Analysis) is { } own)
                {
                    all.Add(Net(exhibit, own));
                    nets.Remove(own);
                }

                all.Add(new Happened(t.At, null, t, t.Analysis ?? samples.Dequeue()));
            }

            if (at < exhibit.Readings.Length && exhibit.Readings[at] is var r && r.Kind == kind) all.Add(new Happened(r.At, r, null, r.Act));
        }

        all.AddRange(nets.Select(a => Net(exhibit, a)));
        return all.OrderBy(h => h.At);
    }

    static Happened Net(Exhibit exhibit, Analysis analysis) => new(analysis.At, NetOf(exhibit, analysis), null, analysis.Id);

    /// <summary>What the laboratory weighed, as a weighing under the id of its report; null where it weighed nothing.</summary>
    public static Reading? NetOf(Exhibit exhibit, Analysis analysis) => analysis is { Net: { } net, NetUncertainty: { } uncertainty }
        ? new Reading(
            analysis.Id, analysis.Package ?? (exhibit.Packages is [var only] ? only.Number : null), MassKind.Net, net, uncertainty, "", default, Moment.LabIn, analysis.Analyst, null, null,
            null, analysis.At)
        : null;

    void Take(Taken taken, Guid act)
    {
        // What was used up is a figure of the report whose net mass has the uncertainty already.
        var mass = taken.Analysis is null ? MassSum.Reading(act, taken.Mass, taken.Uncertainty) : MassSum.Zero with { Value = taken.Mass.Value };
        Taken += mass;
        if (taken.Package is { } package)
        {
            if (_each.TryGetValue(package, out var known)) _each[package] = known - mass;
            else _before[package] = _before.GetValueOrDefault(package, MassSum.Zero) + mass;
        }

        if (_whole is not null) _whole -= mass;
    }

    void Weigh(Reading reading, int package)
    {
        var mass = MassSum.Reading(reading.Act, reading.Mass, reading.Uncertainty);
        if (_each.TryGetValue(package, out var expected))
        {
            if (IsTooRough(reading, _first[package].Uncertainty, mass - expected))
            {
                _rough[package] = reading.Uncertainty;
                return;
            }

            // Where all of it was weighed since, what one package has lost may be in that already: it counts once each package was weighed again.
            var step = Step(reading, package, _last[package], mass - expected, counts: !_asOne);
            if (_whole is not null && step.Counts) _whole += step.Difference;
            if (reading.Weigher != _first[package].Weigher) _again.Add(package);
        }
        else
        {
            _first[package] = reading;
            // What was drawn before anybody weighed it was seized too.
            _firsts[package] = mass + _before.GetValueOrDefault(package, MassSum.Zero);
        }

        (_each[package], _last[package]) = (mass, reading);
        _rough.Remove(package);
        _since.Add(package);
        if (IsHere(reading)) _here.Add(package);
        if ((_whole is null || _asOne) && _exhibit.Packages.All(p => _since.Contains(p.Number))) Compose(reading);
    }

    // All of it is known once each of its packages is.
    void Compose(Reading reading)
    {
        var sum = _exhibit.Packages.Aggregate(MassSum.Zero, (all, p) => all + _each[p.Number]);
        if (_whole is { } expected)
        {
            Step(reading with { Package = null }, null, _wholeLast!, sum - expected);
            _wholeAgain |= _last.Values.All(r => !_by.Contains(r.Weigher));
        }
        else
        {
            _base = _exhibit.Packages.Aggregate(MassSum.Zero, (all, p) => all + _firsts[p.Number]);
            _firstUncertainty = _base.Uncertainty;
            Hands = _first.Values.Max(HandsBefore);
            _by.UnionWith(_first.Values.Select(r => r.Weigher));
        }

        _rough.Clear();
        (_whole, _asOne, _wholeHere) = (sum, false, _exhibit.Packages.All(p => IsHere(_last[p.Number])));
    }

    void Weigh(Reading reading)
    {
        var mass = MassSum.Reading(reading.Act, reading.Mass, reading.Uncertainty);
        if (_whole is { } expected)
        {
            if (IsTooRough(reading, _firstUncertainty, mass - expected))
            {
                _rough[0] = reading.Uncertainty;
                return;
            }

            Step(reading, null, _asOne ? _wholeLast! : _last.Values.MaxBy(r => r.At)!, mass - expected);
            _wholeAgain |= !_by.Contains(reading.Weigher);
        }
        else
        {
            // What single packages showed before is not part of what was weighed as one.
            _steps.Clear();
            _base = mass + Taken;
            _firstUncertainty = reading.Uncertainty;
            Hands = HandsBefore(reading);
            _by.Add(reading.Weigher);
        }

        (_whole, _wholeLast, _wholeHere, _asOne) = (mass, reading, IsHere(reading), true);
        _rough.Clear();
        _since.Clear();
    }

    // Held against what it weighed first, so that many steps lead no further than one. What is further away than all may be off by is a loss, whatever the balance.
    // What would be too rough for all that was seized is a figure by itself, as ever.
    bool IsTooRough(Reading reading, Grams first, MassSum difference) => !(_base is { } all && MassUncertainty.IsTooLarge(difference.Uncertainty.Value, all.Value))
        && reading.Uncertainty > _within && MassUncertainty.IsTooRoughAgain(reading.Uncertainty, reading.Mass.Value, first) && !difference.IsBeyond;

    MassStep Step(Reading reading, int? package, Reading earlier, MassSum difference, bool counts = true)
    {
        // One person's word that it was opened excuses nothing; and nobody's excuses more than packaging weighs.
        var reseals = _kind == MassKind.Net ? [] : _exhibit.OpenedBetween(package, earlier, reading).ToList();
        var packages = reseals.Where(r => _exhibit.IsVouchedFor(r.Act)).Select(r => r.Package).Distinct().Count();
        // Opened many times, it is the same packaging that was replaced.
        var repacked = _repacked.GetValueOrDefault(package ?? 0) + difference.Value;
        var opened = packages > 0 && Math.Max(Math.Abs(difference.Value), Math.Abs(repacked)) - difference.Uncertainty.Value
            <= MassRules.RepackingOf(reading.Mass.Value - difference.Value, package is null ? _exhibit.Packages.Length : 1, packages).Value;
        if (opened) _repacked[package ?? 0] = repacked;
        var step = new MassStep(_exhibit.Id, package, earlier.Act, reading.Act, earlier.At, reading.At, difference, opened, counts);
        _steps.Add(step);
        return step;
    }

    // What was burned is what was weighed before: where that was net, the packaging is worked out of the account, and what it does not explain shows.
    void Burn()
    {
        if (_kind == MassKind.Net || _whole is null || _exhibit.Destruction is not { CarriedOut: not null } order) return;
        var last = _exhibit.Readings.Skip(order.Weighings).Where(r => r is { Moment: Moment.PreDestruction, Kind: not MassKind.Tare }).ToList();
        if (last.LastOrDefault(r => r.Package is null || _exhibit.Packages.Length == 1) is { } whole)
        {
            if (whole.Kind == MassKind.Net) Burn(null, [whole], _whole, _asOne ? _wholeLast! : _last.Values.MaxBy(r => r.At)!);
            return;
        }

        var nets = _exhibit.Packages.Select(p => last.LastOrDefault(r => r.Package == p.Number)).OfType<Reading>().Where(r => r.Kind == MassKind.Net).ToList();
        if (!_asOne) foreach (var net in nets.Where(n => _each.ContainsKey(n.Package!.Value))) Burn(net.Package, [net], _each[net.Package!.Value], _last[net.Package.Value]);
        else if (nets.Count == _exhibit.Packages.Length) Burn(null, nets, _whole, _wholeLast!);
    }

    void Burn(int? package, IReadOnlyList<Reading> nets, MassSum expected, Reading earlier)
    {
        var net = nets.Aggregate(MassSum.Zero, (sum, r) => sum + MassSum.Reading(r.Act, r.Mass, r.Uncertainty));
        var known = NetAgainstGross.PackagingOf(_exhibit, package ?? (_exhibit.Packages is [var only] ? only.Number : null));
        var packaging = known is { } k ? MassSum.Reading(Streams.Derive(nets[^1].Act, "packaging"), new Grams(k.Mass), k.Uncertainty) : MassSum.Zero;
        var difference = net + packaging - expected;
        // Where it did not fit when it was first weighed net, it is the same difference.
        var later = NetAgainstGross.Of(_exhibit).LastOrDefault(f => package is null || f.Reading.Package == package)?.Reading ?? nets[^1];
        if (known is null)
        {
            // Nobody weighed the packaging: as much as it may weigh, nobody can tell from contents.
            var most = MassRules.PackagingOf(expected.Value, package is null ? _exhibit.Packages.Length : 1).Value;
            var around = MassSum.Zero with { Value = Math.Clamp(difference.Value, -most, 0m) };
            _steps.Add(new MassStep(_exhibit.Id, package, earlier.Act, later.Act, earlier.At, later.At, around, true, true));
            difference -= around;
        }

        _steps.Add(new MassStep(_exhibit.Id, package, earlier.Act, later.Act, earlier.At, later.At, difference, false, true));
        _whole = _whole! + net - expected;
        Packaging += packaging;
    }

    bool IsHere(Reading reading) => _arrived is null || reading.At >= _arrived;

    // Up to the first of whom the record does not show how they came to it: strangers could put themselves in front of a weighing that shows a loss.
    int HandsBefore(Reading reading) => _exhibit.Origin is null ? _exhibit.Chain.Links.TakeWhile(l => l.Gap is null).Count(l => l.In.At <= reading.At) : 0;
}
