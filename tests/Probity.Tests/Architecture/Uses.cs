using System.Reflection;
using System.Reflection.Emit;

namespace Probity.Tests.Architecture;

/// <summary>That code of a type names a type or a member. Closures and state machines count as their outermost type.</summary>
internal sealed record Use(Type Owner, string Method, MemberInfo What)
{
    /// <summary>The type that is named, or whose member is.</summary>
    public Type Target => What as Type ?? What.DeclaringType!;

    public override string ToString() => $"{Owner.FullName} ({Method}) names {Target.FullName}{(What is Type ? "" : "." + What.Name)}";
}

/// <summary>Reads what types name: bases, attributes, signatures, and every instruction. Constants are compiled in and leave no trace.</summary>
internal static class Uses
{
    const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    public static IEnumerable<Use> Of(Assembly assembly) => Of(assembly.GetTypes());

    public static IEnumerable<Use> Of(params IEnumerable<Type> types) => types.SelectMany(OfType).Distinct();

    static IEnumerable<Use> OfType(Type type)
    {
        var owner = type;
        while (owner.DeclaringType is { } outer) owner = outer;
        var found = new List<Use>();
        void Name(string method, Type? named)
        {
            foreach (var part in Parts(named)) found.Add(new Use(owner, method, part));
        }

        Name("base", type.BaseType);
        foreach (var implemented in type.GetInterfaces()) Name("base", implemented);
        foreach (var attribute in type.GetCustomAttributesData()) Name("attribute", attribute.AttributeType);
        foreach (var field in type.GetFields(All)) Name(field.Name, field.FieldType);
        foreach (var method in type.GetMembers(All).OfType<MethodBase>())
        {
            // The method as its author named it: MoveNext of <Decide>d__1 is of Decide.
            var name = AuthorsName(method);
            foreach (var attribute in method.GetCustomAttributesData()) Name(name, attribute.AttributeType);
            foreach (var parameter in method.GetParameters()) Name(name, parameter.ParameterType);
            Name(name, (method as MethodInfo)?.ReturnType);
            if (method.GetMethodBody() is not { } body) continue;
            foreach (var local in body.LocalVariables) Name(name, local.LocalType);
            foreach (var clause in body.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause)) Name(name, clause.CatchType);
            foreach (var member in Members(method, body.GetILAsByteArray()!))
            {
                if (member is not Type) found.Add(new Use(owner, name, member));
                foreach (var named in TypesOf(member)) Name(name, named);
            }
        }

        return found;
    }

    static string AuthorsName(MethodBase method)
    {
        foreach (var name in (string[])[method.Name, method.DeclaringType!.Name])
        {
            if (name.StartsWith('<') && name.IndexOf('>') is > 1 and var end) return name[1..end];
        }

        return method.Name;
    }

    static IEnumerable<MemberInfo> Members(MethodBase method, byte[] il)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var ofMethod = method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            int value = il[at++];
            if (value == 0xFE) value = 0xFE00 | il[at++];
            var code = Codes[value];
            switch (code.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    if (method.Module.ResolveMember(BitConverter.ToInt32(il, at), ofType, ofMethod) is { } member) yield return member;
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + 4 * BitConverter.ToInt32(il, at);
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }

    static IEnumerable<Type?> TypesOf(MemberInfo member) => member switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType, field.FieldType],
        MethodInfo method =>
        [
            method.DeclaringType, method.ReturnType, .. method.GetParameters().Select(p => p.ParameterType),
            .. method.IsGenericMethod ? method.GetGenericArguments() : [],
        ],
        MethodBase constructor => [constructor.DeclaringType, .. constructor.GetParameters().Select(p => p.ParameterType)],
        _ => [member.DeclaringType],
    };

    /// <summary>A type's own parts: of <c>List&lt;Case[]&gt;</c>, List and Case.</summary>
    public static IEnumerable<Type> Parts(Type? type)
    {
        while (type?.HasElementType == true) type = type.GetElementType();
        if (type is null || type.IsGenericParameter || type.IsFunctionPointer) yield break;
        if (!type.IsGenericType)
        {
            yield return type;
            yield break;
        }

        yield return type.GetGenericTypeDefinition();
        foreach (var part in type.GetGenericArguments().SelectMany(Parts)) yield return part;
    }
}
