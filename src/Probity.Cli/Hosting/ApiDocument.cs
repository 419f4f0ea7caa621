using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Probity.Access;
using Probity.Shared.Web;

namespace Probity.Cli.Hosting;

/// <summary>The OpenAPI document of the staff server: what programs can ask, as they have to ask it.</summary>
internal static class ApiDocument
{
    public const string Path = "/openapi/v1.json";
    const string Session = "session";

    public static IServiceCollection AddApiDocument(this IServiceCollection services, Action<OpenApiOptions>? more = null) => services.AddOpenApi(o =>
    {
        o.CreateSchemaReferenceId = IdOf;
        o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Probity", Version = "v1",
                Description = "What the pages do, for programs. Bodies are JSON; refusals are problems (RFC 9457) with a stable code.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Session] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = Sessions.Scheme,
                Description = "The cookie of a session, as signing in on the pages sets it.",
            };
            return Task.CompletedTask;
        });
        // Null is written as nothing, so what may be null may be missing: in what is sent and in what is answered.
        o.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && context.JsonPropertyInfo is null)
            {
                foreach (var member in context.JsonTypeInfo.Properties.Where(p => p.IsGetNullable || p.IsSetNullable)) schema.Required?.Remove(member.Name);
            }

            return Task.CompletedTask;
        });
        o.AddOperationTransformer((operation, context, _) =>
        {
            Complete(operation, context.Description.ActionDescriptor.EndpointMetadata, context.Document);
            return Task.CompletedTask;
        });
        more?.Invoke(o);
    });

    /// <summary>
    /// A schema's id. Slices have types of one simple name each, Body and Answer, so a nested type carries its slice's name.
    /// </summary>
    public static string? IdOf(JsonTypeInfo type)
    {
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(type) is not { } plain) return null;
        var named = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return named.DeclaringType is { } slice && !named.IsGenericType ? slice.Name + named.Name : plain;
    }

    static void Complete(OpenApiOperation operation, IList<object> metadata, OpenApiDocument? document)
    {
        foreach (var parameter in metadata.OfType<ApiParameter>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name, Description = parameter.Text, Schema = SchemaOf(parameter),
                Required = parameter.Place == ParameterPlace.Path,
                In = parameter.Place switch
                {
                    ParameterPlace.Path => ParameterLocation.Path,
                    ParameterPlace.Header => ParameterLocation.Header,
                    _ => ParameterLocation.Query,
                },
            });
        }

        foreach (var header in metadata.OfType<ApiHeader>())
        {
            foreach (var (_, answer) in (operation.Responses ?? []).Where(r => r.Key.StartsWith('2')))
            {
                if (answer is not OpenApiResponse success) continue;
                success.Headers ??= new Dictionary<string, IOpenApiHeader>();
                success.Headers[header.Name] = new OpenApiHeader { Description = header.Text, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            }
        }

        if (metadata.OfType<IAllowAnonymous>().Any()) return;
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Session, document)] = [] }];
    }

    static OpenApiSchema SchemaOf(ApiParameter parameter) => new()
    {
        Type = parameter.Format == "int32" ? JsonSchemaType.Integer : JsonSchemaType.String,
        Format = parameter.Format,
        Enum = parameter.Values is { } values ? [.. values.Select(v => (JsonNode)JsonValue.Create(v))] : null,
    };
}
