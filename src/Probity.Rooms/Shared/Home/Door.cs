namespace Probity.Shared.Home;

/// <summary>A way out of the first screen that another part of the house will open.</summary>
internal sealed record Door(string Key, string Href, Func<SharedOptions, string?> Chosen)
{
    internal static readonly Door Report = new("Report", "/report", options => options.ReportHref);
    internal static readonly Door Check = new("Check", "/check", options => options.CheckHref);
    internal static readonly Door Promises = new("Promises", "/promises", options => options.PromisesHref);

    internal static readonly IReadOnlyList<Door> All = [Report, Check, Promises];

    internal string In(SharedOptions options) => Chosen(options) ?? Href;
}
